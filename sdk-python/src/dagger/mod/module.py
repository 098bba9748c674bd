"""The registry that the decorators fill, and the decorators themselves."""

from __future__ import annotations

import dataclasses
import enum
import inspect
from collections.abc import Callable
from typing import Any, TypeVar, overload

from typing_extensions import dataclass_transform

from dagger.mod import docs, markers
from dagger.mod.errors import DeclarationError
from dagger.mod.interfaces import InterfaceType
from dagger.mod.markers import FieldOptions, FunctionOptions
from dagger.mod.objects import FunctionOfClass, ObjectType

F = TypeVar("F", bound=Callable[..., Any])
C = TypeVar("C", bound=type)


def field(
    *,
    default: Any = dataclasses.MISSING,
    name: str | None = None,
    init: bool = True,
    deprecated: str | None = None,
) -> Any:
    """A field of an object type that callers of the module can read.

    Args:
        default: Its value when the constructor gets none; a callable is called for it, such as `list`.
        name: Its name in the API, where Python's own cannot be it.
        init: Whether it is an argument of the constructor.
        deprecated: Why not to use it.
    """
    options: dict[str, Any] = {"init": init, "metadata": {markers.FIELD: FieldOptions(name, deprecated)}}
    if callable(default) and not isinstance(default, enum.Enum):
        options["default_factory"] = default
    elif default is not dataclasses.MISSING:
        options["default"] = default
    return dataclasses.field(**options)


class Module:
    """The types that a module declares."""

    def __init__(self) -> None:
        self.objects: dict[str, ObjectType] = {}
        self.enums: dict[str, type[enum.Enum]] = {}
        self.interfaces: dict[str, InterfaceType] = {}

    @overload
    def function(self, func: F, /) -> F: ...
    @overload
    def function(
        self,
        /,
        *,
        name: str | None = None,
        doc: str | None = None,
        cache: str | None = None,
        deprecated: str | None = None,
    ) -> Callable[[F], F]: ...

    def function(
        self,
        func: Any = None,
        /,
        *,
        name: str | None = None,
        doc: str | None = None,
        cache: str | None = None,
        deprecated: str | None = None,
    ) -> Any:
        """Offers a method, sync or async, in the API; or, given an object type, a function that makes one.

        Args:
            func: The method.
            name: Its name in the API, where Python's own cannot be it.
            doc: Its description, instead of the docstring.
            cache: How long a result may be used again: `never`, `session`, or a duration such as `10m`.
            deprecated: Why not to use it.
        """
        options = FunctionOptions(name, doc, cache, deprecated)

        def mark(member: Any) -> Any:
            if inspect.isclass(member):
                return FunctionOfClass(member, options)
            if not callable(member):
                raise DeclarationError(f"@function must stand above every other decorator, not above {member!r}")
            setattr(member, markers.FUNCTION, options)
            return member

        return mark if func is None else mark(func)

    @overload
    def object_type(self, cls: C, /) -> C: ...
    @overload
    def object_type(self, /, *, deprecated: str | None = None) -> Callable[[C], C]: ...

    @dataclass_transform(kw_only_default=True, field_specifiers=(field, dataclasses.field))
    def object_type(self, cls: Any = None, /, *, deprecated: str | None = None) -> Any:
        """Makes a class an object type of the module, and a dataclass. Calls begin at the one named as the module.

        Args:
            cls: The class.
            deprecated: Why not to use it.
        """

        def mark(declared: type) -> type:
            if not inspect.isclass(declared):
                raise DeclarationError(f"@object_type decorates a class, not {declared!r}", declared)
            doc = docs.of_declared(declared)
            is_dataclass = "__dataclass_fields__" in declared.__dict__
            own_init = "__init__" in declared.__dict__ and not is_dataclass
            if not is_dataclass:
                declared = dataclasses.dataclass(kw_only=True)(declared)
            elif doc is not None and doc.startswith(f"{declared.__name__}("):
                doc = None
            found = ObjectType(declared, doc=doc, generated_init=not own_init, deprecated=deprecated)
            setattr(declared, markers.OBJECT, found)
            self.objects[found.name] = found
            return declared

        return mark if cls is None else mark(cls)

    @overload
    def interface(self, cls: C, /) -> C: ...
    @overload
    def interface(self, /) -> Callable[[C], C]: ...

    def interface(self, cls: Any = None, /) -> Any:
        """Makes a protocol an interface: any object with its functions can be given where it is asked for."""

        def mark(declared: type) -> type:
            if not getattr(declared, "_is_protocol", False):
                name = getattr(declared, "__name__", repr(declared))
                raise DeclarationError(f"@interface decorates a typing.Protocol, which {name} is not", declared)
            found = InterfaceType(declared)
            setattr(declared, markers.INTERFACE, found)
            self.interfaces[found.name] = found
            return declared

        return mark if cls is None else mark(cls)

    @overload
    def enum_type(self, cls: C, /) -> C: ...
    @overload
    def enum_type(self, /) -> Callable[[C], C]: ...

    def enum_type(self, cls: Any = None, /) -> Any:
        """Makes an enum one of the API: `enum.Enum`, or `dagger.Enum` whose members carry descriptions."""

        def mark(declared: type) -> type:
            if not inspect.isclass(declared) or not issubclass(declared, enum.Enum):
                name = getattr(declared, "__name__", repr(declared))
                raise DeclarationError(f"@enum_type decorates an enum.Enum, which {name} is not", declared)
            # type.__setattr__: an enum class would take the mark for a member.
            type.__setattr__(declared, markers.ENUM, True)
            self.enums[declared.__name__] = declared
            return declared

        return mark if cls is None else mark(cls)

    @overload
    def check(self, func: F, /) -> F: ...
    @overload
    def check(self, /) -> Callable[[F], F]: ...

    def check(self, func: Any = None, /) -> Any:
        """Makes a function a check: it passes when it does not raise and its container, if any, succeeds."""
        return _with_trait(func, "check")

    @overload
    def generate(self, func: F, /) -> F: ...
    @overload
    def generate(self, /) -> Callable[[F], F]: ...

    def generate(self, func: Any = None, /) -> Any:
        """Makes a function a generator: it returns the Changeset to apply to the caller's files."""
        return _with_trait(func, "generate")

    @overload
    def up(self, func: F, /) -> F: ...
    @overload
    def up(self, /) -> Callable[[F], F]: ...

    def up(self, func: Any = None, /) -> Any:
        """Makes a function a service to start: it returns a Service."""
        return _with_trait(func, "up")

    @overload
    def agent(self, func: F, /) -> F: ...
    @overload
    def agent(self, /) -> Callable[[F], F]: ...

    def agent(self, func: Any = None, /) -> Any:
        """Marks a function for agents."""
        return _with_trait(func, "agent")

    def clear(self) -> None:
        """Forgets every type."""
        self.objects.clear()
        self.enums.clear()
        self.interfaces.clear()


def _with_trait(func: Any, trait: str) -> Any:
    if func is None:
        return lambda member: _with_trait(member, trait)
    markers.add_trait(func, trait)
    return func
