"""asyncio on the host's completion queue: one thread, no sockets, timers and requests only.

It is a real `BaseEventLoop`, so tasks, timeouts, locks and anyio work as everywhere. A request that is no longer
awaited is cancelled at the host.
"""

from __future__ import annotations

import asyncio
import asyncio.base_events
import asyncio.events
import contextlib
from typing import TYPE_CHECKING, Any

from componentize_py_types import Err
from wit_world.imports import api

from dagger.errors import DaggerError, TransportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class DeadlockError(DaggerError):
    """Everything waits, and nothing is left that could end the wait."""


class _Completions:
    """In place of a selector: waits for requests and for time."""

    def __init__(self) -> None:
        self.pending: dict[int, asyncio.Future[str]] = {}

    def select(self, timeout: float | None = None) -> list[api.Completion]:
        """The requests that are finished; blocks until there is one or the time, in seconds, has passed."""
        if not self.pending:
            if timeout is None:
                raise DeadlockError("the function waits for something that nothing is left to bring about")
            if timeout <= 0:
                return []
        completion = api.wait(None if timeout is None else max(0, int(timeout * 1e9)))
        finished = []
        while completion is not None:
            finished.append(completion)
            if len(finished) >= len(self.pending):
                break
            completion = api.wait(0)
        return finished

    def close(self) -> None:
        """Nothing to close: requests are cancelled by those who await them."""


# Loops do not run beside each other, and a completion carries no loop: they share the requests.
_completions = _Completions()


class Loop(asyncio.base_events.BaseEventLoop):
    """The event loop of a module."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _completions

    async def request(self, document: str) -> str:
        """Sends a GraphQL document; the response is JSON text."""
        number = api.submit(document, None)
        future: asyncio.Future[str] = self.create_future()
        _completions.pending[number] = future
        try:
            return await future
        finally:
            if _completions.pending.pop(number, None) is not None:
                api.cancel(number)

    def _process_events(self, event_list: Iterable[api.Completion]) -> None:
        for completion in event_list:
            future = _completions.pending.pop(completion.id, None)
            if future is None or future.done():
                continue
            if isinstance(completion.outcome, Err):
                future.set_exception(TransportError(completion.outcome.value))
            else:
                future.set_result(completion.outcome.value)

    def _write_to_self(self) -> None:
        """Wakes a loop in another thread; there is none."""

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # noqa: ARG002
        """Runs the function at once: there are no threads."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except StopIteration as error:
            future.set_exception(RuntimeError(f"the function raised {error!r}"))
        except Exception as error:  # noqa: BLE001  (it belongs to whoever awaits the future)
            future.set_exception(error)
        return future

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """There is no executor."""


class Policy(asyncio.events._BaseDefaultEventLoopPolicy):
    """Makes `asyncio.run` use this loop."""

    _loop_factory = Loop


class HostTransport:
    """`dag`'s door to the host."""

    async def execute(self, document: str) -> str:
        """Sends the document through the loop that runs."""
        loop = asyncio.get_running_loop()
        if not isinstance(loop, Loop):
            raise TransportError(f"the API cannot be used in an event loop of the type {type(loop).__name__}")
        return await loop.request(document)


def run(main: Any) -> Any:
    """Runs a coroutine to its end, then cancels what it left behind."""
    loop = Loop()
    try:
        asyncio.set_event_loop(loop)
        return loop.run_until_complete(main)
    finally:
        try:
            _cancel_rest(loop)
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            asyncio.set_event_loop(None)
            loop.close()


def _cancel_rest(loop: Loop) -> None:
    tasks = asyncio.all_tasks(loop)
    if not tasks:
        return
    for task in tasks:
        task.cancel()
    # A task that ignores its end and waits on must not spoil the result.
    with contextlib.suppress(DeadlockError):
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
