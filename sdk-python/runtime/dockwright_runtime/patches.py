"""What of asyncio and anyio must be told that there are no threads."""

from __future__ import annotations

import asyncio.events
from typing import TYPE_CHECKING, Any

from anyio._backends import _asyncio

from dockwright_runtime.event_loop import Policy

if TYPE_CHECKING:
    from collections.abc import Callable


def install() -> None:
    """Makes `asyncio.run` and anyio's worker threads work."""
    asyncio.events._set_event_loop_policy(Policy())
    _asyncio.AsyncIOBackend.run_sync_in_worker_thread = classmethod(_run_inline)


async def _run_inline(cls: Any, func: Callable[..., Any], args: tuple[Any, ...], *_: Any, **__: Any) -> Any:
    await cls.checkpoint()
    return func(*args)
