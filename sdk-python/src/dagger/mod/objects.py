"""A class that `@object_type` marked: its fields, its functions, its constructor."""

from __future__ import annotations

import dataclasses
import functools
from typing import Any

from dagger.mod import docs, hints, markers, parameters
from dagger.mod.annotations import Deprecated, metadata
from dagger.mod.constructors import Constructor
from dagger.mod.definitions import FieldDef, ObjectDef
from dagger.mod.functions import ConstructorFunction, Function, location
from dagger.mod.markers import FieldOptions
from dagger.mod.type_defs import type_def
from dagger.names import camel_case


@dataclasses.dataclass(frozen=True)
class StateField:
    """A field of the dataclass: part of what an object keeps between calls."""

    name: str
    annotation: Any
    field: dataclasses.Field[Any]

    @property
    def options(self) -> FieldOptions | None:
        """What `field(…)` was given; none for a field that callers cannot read."""
        return self.field.metadata.get(markers.FIELD)


class ObjectType:
    """An object type of the module."""

    def __init__(self, cls: type, *, doc: str | None, generated_init: bool, deprecated: str | None = None) -> None:
        self.cls = cls
        self.name = cls.__name__
        self.doc = doc
        self.deprecated = deprecated
        self.generated_init = generated_init
        self.constructor = Constructor(cls, generated=generated_init)

    @functools.cached_property
    def fields(self) -> list[StateField]:
        """What makes up the state, in source order."""
        annotations = hints.resolved(self.cls)
        return [StateField(each.name, annotations[each.name], each) for each in dataclasses.fields(self.cls)]

    @functools.cached_property
    def functions(self) -> dict[str, Function]:
        """Its functions by API name, those of base classes first."""
        members: dict[str, Any] = {}
        for cls in reversed(self.cls.__mro__):
            members.update(cls.__dict__)
        found = {}
        for name, member in members.items():
            if isinstance(member, FunctionOfClass):
                function: Function = ConstructorFunction(member.made, self.cls, name, member.options)
            elif markers.options_of(member) is not None and not isinstance(member, type):
                function = Function(member, self.cls)
            else:
                continue
            found[function.api_name] = function
        return found

    def describe(self, *, with_constructor: bool) -> ObjectDef:
        """What the API offers for it."""
        return ObjectDef(
            name=self.name,
            description=self.doc,
            fields=[self._field(each, each.options) for each in self.fields if each.options is not None],
            functions=[function.describe() for function in self.functions.values()],
            constructor=self.constructor.describe(self.name) if with_constructor else None,
            location=location(self.cls),
            annotations={} if self.deprecated is None else {"deprecated": self.deprecated},
        )

    def _field(self, field: StateField, options: FieldOptions) -> FieldDef:
        deprecated = metadata(field.annotation, Deprecated)
        reason = options.deprecated if options.deprecated is not None else deprecated and deprecated.reason
        return FieldDef(
            name=camel_case(options.name) if options.name else parameters.api_name(field.name, field.annotation),
            original_name=field.name,
            type=type_def(field.annotation, self.cls, self.cls),
            description=docs.of_annotation(field.annotation),
            annotations={} if reason is None else {"deprecated": reason},
        )


class FunctionOfClass:
    """What `function(Other)` leaves in a class body."""

    def __init__(self, made: type, options: markers.FunctionOptions) -> None:
        self.made = made
        self.options = options

    def __get__(self, instance: Any, owner: type | None = None) -> type:
        """The class itself."""
        return self.made

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: D102
        return self.made(*args, **kwargs)
