"""The enum base that lets a member carry its description."""

from __future__ import annotations

import enum

__all__ = ["Enum"]


class Enum(str, enum.Enum):
    """Members are a value, or a value and a description.

    Example: `LOW = "LOW", "Not so bad"`
    """

    __slots__ = ("description",)

    description: str | None

    def __new__(cls, value: str, description: str | None = None) -> Enum:  # noqa: D102, PYI034  (enum calls it)
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member

    def __str__(self) -> str:
        return str(self.value)
