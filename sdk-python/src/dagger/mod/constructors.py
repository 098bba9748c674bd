"""How an object of a type is made: its `create`, its own `__init__`, or what the dataclass generates."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Callable
from typing import Any

from dagger.mod import docs, hints, parameters
from dagger.mod.definitions import FunctionDef, TypeDef
from dagger.mod.functions import location
from dagger.mod.parameters import Parameter


class Constructor:
    """The constructor of an object type."""

    def __init__(self, cls: type, *, generated: bool) -> None:
        self.cls = cls
        self._generated = generated

    @functools.cached_property
    def call(self) -> Callable[..., Any]:
        """What makes the object, from arguments by name; it may give an awaitable."""
        return self._create or self.cls

    @functools.cached_property
    def parameters(self) -> list[Parameter]:
        """Its parameters."""
        if self._create is not None:
            function = inspect.unwrap(self._create.__func__)
            return parameters.of_callable(function, hints.resolved(function), skip_first=True)
        if not self._generated:
            function = self.cls.__init__  # type: ignore[misc]
            return parameters.of_callable(function, hints.resolved(function), skip_first=True)
        return self._of_fields()

    def describe(self, type_name: str) -> FunctionDef:
        """What the API offers for it."""
        declared = self._create.__func__ if self._create is not None else self.cls
        initializer = self.cls.__init__ if self._create is None and not self._generated else None  # type: ignore[misc]
        described_by = initializer if initializer is not None else declared
        return FunctionDef(
            name="",
            returns=TypeDef("object", type_name),
            description=None if described_by is self.cls else docs.of_declared(described_by),
            arguments=[parameters.describe(each, self.cls, described_by) for each in self.parameters],
            location=location(described_by),
            annotations=self._annotations(),
        )

    def _annotations(self) -> dict[str, Any]:
        """`storesArguments`, argument to key of the state, when it does nothing else.

        The host then makes the state itself, without running any code.
        """
        runs_code = self._create is not None or not self._generated or hasattr(self.cls, "__post_init__")
        keys = {each.name for each in dataclasses.fields(self.cls)} if not runs_code else set()
        if runs_code or keys != {each.name for each in self.parameters}:
            return {}
        return {"storesArguments": {each.api_name: each.name for each in self.parameters}}

    @functools.cached_property
    def _create(self) -> Any:
        create = inspect.getattr_static(self.cls, "create", None)
        return self.cls.create if isinstance(create, classmethod) else None  # type: ignore[attr-defined]

    def _of_fields(self) -> list[Parameter]:
        """From the dataclass: its signature has raw annotations and hides what factories make."""
        annotations = hints.resolved(self.cls)
        fields = {field.name: field for field in dataclasses.fields(self.cls)}
        found = []
        for each in list(inspect.signature(self.cls.__init__).parameters.values())[1:]:  # type: ignore[misc]
            annotation = annotations[each.name]
            default = each.default
            field = fields.get(each.name)
            if field is not None and field.default_factory is not dataclasses.MISSING:
                default = field.default_factory()
            found.append(Parameter(each.name, parameters.api_name(each.name, annotation), annotation, default))
        return found


__all__ = ["Constructor"]
