"""The door to the API: whoever hosts the module installs it."""

from __future__ import annotations

from typing import Protocol

from dagger.errors import ClientConnectionError

__all__ = ["Transport", "current", "install"]


class Transport(Protocol):
    """Sends a document to the API."""

    async def execute(self, document: str) -> str:
        """The response as JSON text.

        Raises:
            TransportError: There is no response.
        """


class _Missing:
    async def execute(self, document: str) -> str:  # noqa: ARG002
        msg = (
            "there is no connection to the API here: `dag` works inside the functions of a module, while one is called"
        )
        raise ClientConnectionError(msg)


_current: Transport = _Missing()


def install(transport: Transport) -> Transport:
    """Makes it the door for every request; gives back the one before."""
    global _current
    previous, _current = _current, transport
    return previous


def current() -> Transport:
    """The door that is installed."""
    return _current
