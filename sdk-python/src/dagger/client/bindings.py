"""Adds the generated bindings of a module's dependencies to the client."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dagger.client.gen import Client

if TYPE_CHECKING:
    from types import ModuleType


def install(bindings: ModuleType) -> None:
    """Makes the types of a generated file members of `dagger`, and its constructor a method of `dag`."""
    package = sys.modules["dagger"]
    for name in bindings.__all__:
        setattr(package, name, getattr(bindings, name))
    for name, member in vars(bindings.Constructor).items():
        if not name.startswith("_"):
            setattr(Client, name, member)
