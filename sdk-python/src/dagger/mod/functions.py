"""A function that `@function` marked."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from dagger.mod import docs, hints, markers, parameters
from dagger.mod.definitions import FunctionDef, Location, TypeDef
from dagger.mod.errors import DeclarationError, place_of
from dagger.mod.markers import FunctionOptions
from dagger.mod.parameters import Parameter
from dagger.mod.type_defs import type_def
from dagger.names import camel_case


class Function:
    """A method of an object type or interface, read once."""

    def __init__(self, member: Any, owner: type) -> None:
        self.member: Callable[..., Any] = member
        self.owner = owner
        self.options: FunctionOptions = markers.options_of(member) or FunctionOptions()
        self.original = inspect.unwrap(member)
        self.api_name = camel_case(self.options.name or self.original.__name__)

    @functools.cached_property
    def annotations(self) -> dict[str, Any]:
        """Its annotations, resolved."""
        return hints.resolved(self.original)

    @functools.cached_property
    def parameters(self) -> list[Parameter]:
        """Its parameters but `self`."""
        return parameters.of_callable(self.original, self.annotations, skip_first=True)

    @property
    def returns(self) -> Any:
        """The annotation of its result; None when there is none."""
        return self.annotations.get("return")

    def bind(self, parent: Any) -> Callable[..., Any]:
        """What to call with the arguments by name."""
        return functools.partial(self.member, parent)

    def describe(self) -> FunctionDef:
        """What the API offers for it."""
        return FunctionDef(
            name=self.api_name,
            returns=self._return_type(),
            description=self.options.doc or docs.of_declared(self.original),
            arguments=[parameters.describe(each, self.owner, self.original) for each in self.parameters],
            location=location(self.original),
            annotations=self._annotations(),
        )

    def _return_type(self) -> TypeDef:
        return type_def(self.returns, self.owner, self.original)

    def _annotations(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.options.deprecated is not None:
            found["deprecated"] = self.options.deprecated
        if self.options.cache is not None:
            found["cache"] = self.options.cache
        found.update(dict.fromkeys(markers.traits_of(self.member), True))
        return found


class ConstructorFunction(Function):
    """A function that makes another object type: `other = function(Other)` in a class body."""

    def __init__(self, member: type, owner: type, name: str, options: FunctionOptions) -> None:
        self.made = member
        super().__init__(member, owner)
        self.options = options
        self.api_name = camel_case(options.name or name)

    @functools.cached_property
    def parameters(self) -> list[Parameter]:
        """The parameters of the object type's constructor."""
        return self._constructor.parameters

    @property
    def returns(self) -> Any:
        """The object type."""
        return self.made

    def bind(self, parent: Any) -> Callable[..., Any]:  # noqa: ARG002  (the new object does not know its maker)
        """The constructor itself."""
        return self._constructor.call

    @property
    def _constructor(self) -> Any:
        declared = markers.object_of(self.made)
        if declared is None:
            raise DeclarationError(
                f"{self.owner.__qualname__}.{self.api_name}: {self.made.__name__} is not decorated with @object_type",
                self.made,
            )
        return declared.constructor


def location(declared: Any) -> Location | None:
    """Where it is declared."""
    place = place_of(declared)
    return Location(*place) if place else None
