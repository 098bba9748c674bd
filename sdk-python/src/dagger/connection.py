"""Connecting to an engine, which a module does not do: the names exist to say so.

A program that is no module uses the published `dagger-io` package with `dockwright run`.
"""

from __future__ import annotations

import dataclasses
from typing import Any, NoReturn

from dagger.errors import ClientConnectionError

__all__ = ["Config", "Connection", "Retry", "Timeout", "close", "connect", "connection"]

_MESSAGE = (
    "a module needs no connection: use `dag` from `dagger` inside its functions. "
    "A program that is no module runs with the dagger-io package under `dockwright run`"
)


@dataclasses.dataclass
class Timeout:
    """How long requests may take; a module's requests take as long as they need."""

    execute: float | None = None
    connect: float | None = None

    @classmethod
    def default(cls) -> Timeout:
        """No limits."""
        return cls()


@dataclasses.dataclass
class Retry:
    """Whether to connect again; a module does not connect."""

    connect: bool = True
    execute: bool = False


@dataclasses.dataclass
class Config:
    """Settings of a connection."""

    workdir: Any = ""
    config_path: Any = ""
    log_output: Any = None
    timeout: Timeout | None = None
    retry: Retry | None = None


class Connection:
    """A connection to an engine."""

    def __init__(self, config: Config | None = None) -> None:
        self.config = config

    async def __aenter__(self) -> NoReturn:
        raise ClientConnectionError(_MESSAGE)

    async def __aexit__(self, *exception: object) -> None:
        return None


def connection(config: Config | None = None) -> Connection:
    """A connection to an engine, for `async with`."""
    return Connection(config)


async def connect(config: Config | None = None) -> NoReturn:  # noqa: ARG001
    """Connects to an engine."""
    raise ClientConnectionError(_MESSAGE)


async def close() -> None:
    """Closes the connection: there is none."""
