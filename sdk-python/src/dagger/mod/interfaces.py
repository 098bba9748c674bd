"""A protocol that `@interface` marked, and the client that stands for an object of it."""

from __future__ import annotations

import functools
import inspect
from typing import Any

from dagger.client.base import Type
from dagger.client.query import REQUIRED, Arg
from dagger.mod import docs, hints, markers
from dagger.mod.definitions import InterfaceDef
from dagger.mod.functions import Function, location
from dagger.mod.parameters import Parameter
from dagger.names import namespaced


class InterfaceType:
    """An interface of the module."""

    def __init__(self, cls: type, module_name: str = "") -> None:
        self.cls = cls
        self.name = cls.__name__
        self.module_name = module_name

    @functools.cached_property
    def functions(self) -> list[Function]:
        """Its functions, those of base protocols first."""
        members: dict[str, Any] = {}
        for cls in reversed(self.cls.__mro__):
            members.update(cls.__dict__)
        return [Function(member, self.cls) for member in members.values() if markers.options_of(member) is not None]

    def describe(self) -> InterfaceDef:
        """What the API offers for it."""
        return InterfaceDef(
            name=self.name,
            description=docs.of_declared(self.cls),
            functions=[function.describe() for function in self.functions],
            location=location(self.cls),
        )

    @functools.cached_property
    def client(self) -> type[Type]:
        """The class whose methods ask the API."""
        api_name = namespaced(self.module_name, self.name) if self.module_name else self.name
        members: dict[str, Any] = {function.original.__name__: _method(function) for function in self.functions}
        members["_graphql_name"] = classmethod(lambda _: api_name)
        members["__doc__"] = self.cls.__doc__
        return type(self.name, (Type,), members)


def _method(function: Function) -> Any:
    """A method of the client. Classes are looked up when it is called: an interface may return itself."""
    signature = inspect.signature(function.original)
    inner, _ = hints.without_none(function.returns)
    item = hints.list_item(inner)

    def select(self: Type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        bound = signature.bind(self, *args, **kwargs).arguments
        sent = [_argument(each, bound) for each in function.parameters if each.name in bound]
        return self._select(function.api_name, *sent)

    def lazy(self: Type, /, *args: Any, **kwargs: Any) -> Any:
        client = client_class(inner)
        context = select(self, args, kwargs)
        return context if client is None else client(context)

    async def eager(self: Type, /, *args: Any, **kwargs: Any) -> Any:
        if is_client(inner):
            return lazy(self, *args, **kwargs)
        context = select(self, args, kwargs)
        if (items := client_class(item)) is not None:
            return await context.execute_objects(items)
        return await context.execute(inner if item is None else list[item])  # type: ignore[valid-type]

    is_lazy = is_client(inner) and not inspect.iscoroutinefunction(function.original)
    return functools.wraps(function.original)(lazy if is_lazy else eager)


def _argument(parameter: Parameter, bound: dict[str, Any]) -> Arg:
    default = parameter.default if parameter.has_default else REQUIRED
    return Arg(parameter.api_name, bound[parameter.name], default)


def is_client(annotation: Any) -> bool:
    """Whether an annotation is an object of the API, or an interface of the module."""
    annotation = hints.plain(annotation)
    return inspect.isclass(annotation) and (
        issubclass(annotation, Type) or markers.interface_of(annotation) is not None
    )


def client_class(annotation: Any) -> type[Type] | None:
    """The client class of such an annotation; none when it is another."""
    annotation = hints.plain(annotation)
    if not is_client(annotation):
        return None
    declared = markers.interface_of(annotation)
    return annotation if declared is None else declared.client
