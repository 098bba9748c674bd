"""What users put into `Annotated[…]` to say more about an argument or a field than its type does."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any, TypeVar

from typing_extensions import Doc

__all__ = ["DefaultAddress", "DefaultPath", "Deprecated", "Doc", "Ignore", "Name"]

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class Name:
    """The name in the API, where Python's own cannot be it.

    Example: `def pull(self, from_: Annotated[str, Name("from")])`
    """

    name: str

    def __str__(self) -> str:
        return self.name


@dataclasses.dataclass(frozen=True, slots=True)
class DefaultPath:
    """The caller's path that a Directory, File or Git argument takes when none is given.

    An absolute path begins at the root of the caller's repository, a relative one at the module's source.
    """

    from_context: str

    def __str__(self) -> str:
        return self.from_context


@dataclasses.dataclass(frozen=True, slots=True)
class DefaultAddress:
    """The image that a Container argument takes when none is given."""

    address: str

    def __str__(self) -> str:
        return self.address


@dataclasses.dataclass(frozen=True, slots=True)
class Deprecated:
    """The argument still works, but should not be used."""

    reason: str = ""

    def __str__(self) -> str:
        return self.reason


@dataclasses.dataclass(frozen=True, slots=True)
class Ignore:
    """Patterns, as in a .gitignore, of what is left out of a Directory argument."""

    patterns: list[str]

    def __hash__(self) -> int:
        return hash(tuple(self.patterns))


def metadata(annotation: Any, kind: type[T]) -> T | None:
    """The last item of that kind in an `Annotated`, also inside an optional."""
    if typing.get_origin(annotation) is typing.Annotated:
        for item in reversed(annotation.__metadata__):
            if isinstance(item, kind):
                return item
        return metadata(typing.get_args(annotation)[0], kind)
    return None
