"""What the component exports. Importing it is what the snapshot is taken of, so the order of its steps matters."""

from __future__ import annotations

import sys

from dockwright_runtime import ssl_stub

# anyio imports `ssl` at once.
ssl_stub.install()

import json  # noqa: E402

import wit_world.exports  # noqa: E402
from componentize_py_types import Err  # noqa: E402
from wit_world.exports.functions import FunctionCall  # noqa: E402
from wit_world.imports.definitions import ModuleDef  # noqa: E402

import dagger  # noqa: E402
from dagger.client import transport  # noqa: E402
from dagger.mod.describe import describe  # noqa: E402
from dagger.mod.invoke import invoke  # noqa: E402
from dockwright_runtime import event_loop, heap, patches, preload, snapshot, stdlib, warm_up, wit_types  # noqa: E402, F401
from dockwright_runtime.failure import failure  # noqa: E402
from dockwright_runtime.loading import load, prepare  # noqa: E402


class Functions(wit_world.exports.Functions):
    """The world's `functions`."""

    def describe(self) -> ModuleDef:
        """What the module offers. The API is out of reach meanwhile."""
        try:
            return snapshot.take(_describe) if snapshot.wanted() else _describe()
        except BaseException as error:  # noqa: BLE001  (whatever it is, the user must be told)
            raise Err(failure(error)) from None
        finally:
            _flush()

    def invoke(self, call: FunctionCall) -> str:
        """Runs one function; the result is JSON text."""
        try:
            load()
            snapshot.wake()
            transport.install(event_loop.HostTransport())
            arguments = {argument.name: json.loads(argument.value) for argument in call.arguments}
            main = invoke(dagger.default_module(), call.parent_type, json.loads(call.parent), call.name, arguments)
            return event_loop.run(main)
        except BaseException as error:  # noqa: BLE001
            raise Err(failure(error)) from None
        finally:
            _flush()


def _describe() -> ModuleDef:
    main = load()
    return wit_types.module_def(describe(dagger.default_module(), main))


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


stdlib.install(sys.path)
patches.install()
warm_up.run()
prepare()
heap.settle()
