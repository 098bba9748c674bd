"""Just enough of BuildKit's low-level build definition to hand `buildctl build` the work that a pipeline describes.

Field numbers are those of BuildKit's `solver/pb/ops.proto`. Values are written in protobuf's wire format.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(data)) + data


@dataclass(frozen=True)
class Step:
    """An operation with the operations that it needs, in the order of its inputs. Its result is its first output."""

    body: bytes
    inputs: tuple["Step", ...] = ()

    @property
    def operation(self) -> bytes:
        """The step as an `Op` message."""
        return b"".join(_input(step) for step in self.inputs) + self.body


def _input(step: Step) -> bytes:
    digest = "sha256:" + hashlib.sha256(step.operation).hexdigest()
    return _bytes(1, _bytes(1, digest) + _number(2, 0))


def source(identifier: str) -> Step:
    """An image (`docker-image://…`) or a directory of the client (`local://…`)."""
    return Step(_bytes(3, _bytes(1, identifier)))


def copy(origin: Step, path: str, onto: Step, to: str) -> Step:
    """A file or the contents of a directory, put into another step's file system."""
    action = (
        _bytes(1, path)
        + _bytes(2, to)
        + _number(4, -1)  # mode: as it is
        + b"".join(_number(flag, 1) for flag in (6, 8))  # contents of a directory; make the path
        + _number(11, -1)  # time stamps: as they are
    )
    return Step(_bytes(4, _bytes(2, _number(1, 0) + _number(2, 1) + _number(3, 0) + _bytes(4, action))), (onto, origin))


def execute(root: Step, arguments: Sequence[str], environment: Sequence[str], directory: str) -> Step:
    """A command in a step's file system, which is its result."""
    meta = (
        b"".join(_bytes(1, argument) for argument in arguments)
        + b"".join(_bytes(2, variable) for variable in environment)
        + _bytes(3, directory)
    )
    mount = _number(1, 0) + _bytes(3, "/") + _number(4, 0)
    return Step(_bytes(2, _bytes(1, meta) + _bytes(2, mount)), (root,))


def definition(result: Step) -> bytes:
    """A `Definition` message that ends in the step."""
    operations: dict[bytes, None] = {}

    def visit(step: Step) -> None:
        for needed in step.inputs:
            visit(needed)
        operations[step.operation] = None

    visit(result)
    return b"".join(_bytes(1, operation) for operation in [*operations, _input(result)])
