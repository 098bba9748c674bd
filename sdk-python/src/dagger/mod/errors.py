"""Errors of a module's declaration and of calls to it."""

from __future__ import annotations

import inspect
from typing import Any

from dagger.errors import DaggerError

__all__ = ["CallError", "DeclarationError", "ModuleLoadError", "place_of"]


class ModuleLoadError(DaggerError):
    """The module's code cannot be found."""


class DeclarationError(DaggerError, TypeError):
    """A decorated class or function is not what the API can offer.

    Attributes:
        place: File and line of the declaration, when it is known.
    """

    def __init__(self, message: str, declared: Any = None) -> None:
        super().__init__(message)
        self.place = place_of(declared)


class CallError(DaggerError):
    """A call does not fit the module: an unknown function, a value of another type."""


def place_of(declared: Any) -> tuple[str, int] | None:
    """File and line where a function or a class is declared."""
    if inspect.isclass(declared):
        line = declared.__dict__.get("__firstlineno__")
        file = getattr(inspect.getmodule(declared), "__file__", None)
        return (file, line) if file and line else None
    code = getattr(inspect.unwrap(declared) if callable(declared) else declared, "__code__", None)
    return (code.co_filename, code.co_firstlineno) if code else None
