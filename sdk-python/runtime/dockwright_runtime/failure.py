"""An exception as the `failure` of the world: in the user's terms, with the user's frames."""

from __future__ import annotations

import json
import linecache
import traceback
from typing import TYPE_CHECKING, Any

from wit_world.exports.functions import Failure
from wit_world.imports.definitions import Annotation, SourceLocation

from dagger.errors import QueryError
from dagger.mod.errors import CallError, DeclarationError, ModuleLoadError
from dockwright_runtime import paths
from dockwright_runtime.advice import advice

if TYPE_CHECKING:
    from collections.abc import Iterator

_OURS = (CallError, DeclarationError, ModuleLoadError)
"""Errors whose message says it all: where in the SDK they were raised says nothing."""


def failure(error: BaseException) -> Failure:
    """What the host is told."""
    cause = _sole(error)
    stack = list(traceback.extract_tb(cause.__traceback__, limit=None))
    message = _message(cause)
    if hint := advice(cause, (frame.filename for frame in stack)):
        message = f"{message}\nhint: {hint}"
    return Failure(
        kind=type(cause).__name__,
        message=message,
        location=_location(cause, stack),
        trace=_trace(error),
        extensions=[Annotation(name, json.dumps(value)) for name, value in _extensions(error).items()],
    )


def _sole(error: BaseException) -> BaseException:
    """A group of one is its member: task groups wrap whatever fails in them."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _leaves(each)
    else:
        yield error


def _message(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        return "\n".join(_message(leaf) for leaf in _leaves(error))
    if isinstance(error, QueryError):
        return error.error.message
    if isinstance(error, SyntaxError):
        return error.msg or "invalid syntax"
    if isinstance(error, SystemExit):
        return f"the module's code exited with {error.code!r}; raise an error to fail"
    return str(error) or type(error).__name__


def _extensions(error: BaseException) -> dict[str, Any]:
    for leaf in _leaves(error):
        if isinstance(leaf, QueryError) and leaf.extensions:
            return leaf.extensions
    return {}


def _location(error: BaseException, stack: list[traceback.FrameSummary]) -> SourceLocation | None:
    if isinstance(error, DeclarationError) and error.place is not None:
        file, line = error.place
        return _in_source(file, line, 1)
    if isinstance(error, SyntaxError) and (found := _in_source(error.filename, error.lineno, error.offset)):
        return found
    for frame in reversed(stack):
        if found := _in_source(frame.filename, frame.lineno, (frame.colno or 0) + 1):
            return found
    return None


def _in_source(file: str | None, line: int | None, column: int | None) -> SourceLocation | None:
    relative = paths.relative(file or "")
    return SourceLocation(relative, line, max(1, column or 1)) if relative and line else None


def _trace(error: BaseException) -> str | None:
    """The stack as Python prints it, without frames that are not the user's."""
    if isinstance(error, _OURS):
        return None
    linecache.checkcache()
    trace = traceback.TracebackException.from_exception(error)
    _only_users(trace, set())
    return "".join(trace.format())


def _only_users(trace: traceback.TracebackException, seen: set[int]) -> None:
    if id(trace) in seen:
        return
    seen.add(id(trace))
    trace.stack = traceback.StackSummary.from_list([_shown(frame) for frame in trace.stack if _is_users(frame)])
    if isinstance(getattr(trace, "filename", None), str):
        trace.filename = paths.relative(trace.filename) or trace.filename
    for other in (trace.__cause__, trace.__context__, *(trace.exceptions or ())):
        if other is not None:
            _only_users(other, seen)


def _is_users(frame: traceback.FrameSummary) -> bool:
    return frame.filename.startswith((paths.SOURCE + "/", paths.DEPENDENCIES + "/"))


def _shown(frame: traceback.FrameSummary) -> traceback.FrameSummary:
    """The frame with its path below the source; its line is read before, while the path leads to the file."""
    _ = frame.line
    frame.filename = paths.relative(frame.filename) or frame.filename
    return frame
