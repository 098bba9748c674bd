"""Errors that the API raises.

The classes and their attributes are what users of Dagger's Python SDK catch. Nothing here talks to the API.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = [
    "ClientConnectionError",
    "ClientError",
    "DaggerError",
    "ExecError",
    "ExecuteTimeoutError",
    "InvalidQueryError",
    "QueryError",
    "QueryErrorLocation",
    "QueryErrorValue",
    "TransportError",
]

EXEC_ERROR = "EXEC_ERROR"


class DaggerError(Exception):
    """Whatever goes wrong with the API."""


class ClientError(DaggerError):
    """A request failed."""


class ClientConnectionError(ClientError):
    """There is no connection to the API."""


class TransportError(ClientError):
    """A request got no response."""


class ExecuteTimeoutError(TransportError):
    """A request took longer than it may."""


class InvalidQueryError(ClientError):
    """A value cannot be sent to the API."""


class QueryErrorLocation:
    """Where in the request's document an error is."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column


class QueryErrorValue:
    """One error of a response."""

    __slots__ = ("extensions", "locations", "message", "path")

    def __init__(
        self,
        message: str,
        locations: Sequence[QueryErrorLocation] | None = None,
        path: Sequence[str | int] | None = None,
        extensions: Mapping[str, Any] | None = None,
    ) -> None:
        self.message = message
        self.locations = list(locations or ())
        self.path = list(path or ())
        self.extensions = dict(extensions or {})

    def __str__(self) -> str:
        return self.message

    @classmethod
    def from_response(cls, error: Mapping[str, Any]) -> QueryErrorValue:
        """Reads an item of a response's `errors`."""
        locations = [QueryErrorLocation(place["line"], place["column"]) for place in error.get("locations") or ()]
        return cls(str(error.get("message", "")), locations, error.get("path"), error.get("extensions"))


class QueryError(ClientError):
    """The API answered a request with errors."""

    def __init__(self, errors: Sequence[QueryErrorValue], query: str = "") -> None:
        if not errors:
            msg = "a query error needs at least one error"
            raise ValueError(msg)
        super().__init__(errors[0].message)
        self.errors = list(errors)
        self.query = query

    @property
    def error(self) -> QueryErrorValue:
        """The first error."""
        return self.errors[0]

    @property
    def extensions(self) -> dict[str, Any]:
        """The structured values of the first error."""
        return self.error.extensions

    def debug_query(self) -> str:
        """The request's document."""
        return self.query

    def __str__(self) -> str:
        return self.error.message


class ExecError(QueryError):
    """A command in a container failed.

    Attributes:
        command: The command and its arguments.
        exit_code: What it exited with.
        stdout: What it wrote to its standard output, shortened when it is long.
        stderr: What it wrote to its standard error, shortened when it is long.
    """

    def __init__(self, errors: Sequence[QueryErrorValue], query: str = "") -> None:
        super().__init__(errors, query)
        extensions = self.extensions
        self.message: str = self.error.message
        self.command: list[str] = list(extensions.get("cmd") or ())
        self.exit_code: int = int(extensions.get("exitCode", -1))
        self.stdout: str = extensions.get("stdout") or ""
        self.stderr: str = extensions.get("stderr") or ""

    def __str__(self) -> str:
        return f"{self.message}\nStdout:\n{self.stdout}\nStderr:\n{self.stderr}"


def query_error(errors: Sequence[Mapping[str, Any]], query: str) -> QueryError:
    """The error for a response's `errors`: an `ExecError` when the first one says so."""
    values = [QueryErrorValue.from_response(error) for error in errors]
    kind = ExecError if values[0].extensions.get("_type") == EXEC_ERROR else QueryError
    return kind(values, query)


# Users know them by this name, and tracebacks print it.
for _name in __all__:
    globals()[_name].__module__ = "dagger"
