"""Runs the built component in this process, with an API that the test provides."""

from __future__ import annotations

import json
import os
import pathlib
import tempfile
from collections.abc import Callable
from typing import Any

import wasmtime
from wasmtime import component as wc

API = "dockwright:module/api@0.1.0"
SYSTEM = "dockwright:module/system@0.1.0"
FUNCTIONS = "dockwright:module/functions@0.1.0"

Answer = Callable[[str], Any]
"""Document → the response, or an exception for a request without one."""


class GuestError(Exception):
    """The `failure` that the guest answered with."""

    def __init__(self, failure: Any) -> None:
        super().__init__(failure.message)
        self.kind = failure.kind
        self.message = failure.message
        self.location = (failure.location.file, failure.location.line) if failure.location else None
        self.trace = failure.trace
        self.extensions = {each.name: json.loads(each.value) for each in failure.extensions}


class Api:
    """The completion queue: requests finish in the order in which they came, when the guest waits."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.queue: list[tuple[int, str]] = []
        self.documents: list[str] = []
        self.cancelled: list[int] = []
        self.most_waiting = 0

    def submit(self, _: Any, document: str, variables: str | None) -> int:
        assert variables is None
        self.documents.append(document)
        self.queue.append((len(self.documents), document))
        return len(self.documents)

    def wait(self, _: Any, timeout: int | None) -> Any:
        self.most_waiting = max(self.most_waiting, len(self.queue))
        for index, (number, document) in enumerate(self.queue):
            answer = self.answer(document)
            if answer is NEVER:
                continue
            del self.queue[index]
            completion = wc.Record()
            completion.id = number
            if isinstance(answer, Exception):
                completion.outcome = wc.Variant("err", str(answer))
            else:
                completion.outcome = wc.Variant("ok", json.dumps(answer))
            return completion
        assert timeout is not None, "deadlock"
        return None

    def cancel(self, _: Any, number: int) -> None:
        self.cancelled.append(number)
        self.queue = [each for each in self.queue if each[0] != number]


NEVER = object()


class Guest:
    """The component, compiled once."""

    def __init__(self, path: pathlib.Path) -> None:
        self.engine = wasmtime.Engine()
        self.component = wc.Component.from_file(self.engine, str(path))

    def start(self, source: pathlib.Path, name: str, answer: Answer, **mounts: Any) -> Instance:
        return Instance(self, source, name, answer, **mounts)


class Instance:
    """One instance of the component."""

    def __init__(
        self,
        guest: Guest,
        source: pathlib.Path,
        name: str,
        answer: Answer,
        *,
        deps: pathlib.Path | None = None,
        gen: pathlib.Path | None = None,
        pyc: tuple[pathlib.Path, str] | None = None,
    ) -> None:
        self.api = Api(answer)
        self.store = wasmtime.Store(guest.engine)
        self._tmp = tempfile.TemporaryDirectory()
        self.stdout = bytearray()
        wasi = wasmtime.WasiConfig()
        env = {"DOCKWRIGHT_MODULE": name}
        wasi.preopen_dir(str(source), "/src", fs_mutable=False)
        wasi.preopen_dir(self._tmp.name, "/tmp")
        for folder, path in (("/deps", deps), ("/gen", gen)):
            if path is not None:
                wasi.preopen_dir(str(path), folder, fs_mutable=False)
        if pyc is not None:
            wasi.preopen_dir(str(pyc[0]), "/pyc", fs_mutable=pyc[1] == "write")
            env["DOCKWRIGHT_PYC"] = pyc[1]
        wasi.env = env.items()
        wasi.stdout_custom = self._write
        self.store.set_wasi(wasi)
        linker = wc.Linker(guest.engine)
        linker.add_wasip2()
        with linker.root() as root:
            with root.add_instance(API) as api:
                api.add_func("submit", self.api.submit)
                api.add_func("wait", self.api.wait)
                api.add_func("cancel", self.api.cancel)
            with root.add_instance(SYSTEM) as system:
                system.add_func("log", lambda *_: None)
                system.add_func("wall-clock", lambda _: 0)
                system.add_func("monotonic-clock", lambda _: 0)
                system.add_func("random", lambda _: int.from_bytes(os.urandom(8), "little"))
        self.instance = linker.instantiate(self.store, guest.component)

    def _write(self, data: bytes) -> int:
        self.stdout.extend(data)
        return len(data)

    def _call(self, name: str, *arguments: Any) -> Any:
        interface = self.instance.get_export_index(self.store, FUNCTIONS)
        index = self.instance.get_export_index(self.store, name, interface)
        function = self.instance.get_func(self.store, index)
        result = function(self.store, *arguments)
        function.post_return(self.store)
        if isinstance(result, wc.Variant):
            if result.tag == "err":
                raise GuestError(result.payload)
            return result.payload
        if hasattr(result, "kind") and hasattr(result, "extensions"):
            raise GuestError(result)
        return result

    def describe(self) -> Any:
        return self._call("describe")

    def invoke(self, parent_type: str, name: str, parent: Any = None, /, **arguments: Any) -> Any:
        call = wc.Record()
        setattr(call, "parent-type", parent_type)
        call.parent = json.dumps(parent or {})
        call.name = name
        call.arguments = []
        for key, value in arguments.items():
            argument = wc.Record()
            argument.name = key
            argument.value = json.dumps(value)
            call.arguments.append(argument)
        return json.loads(self._call("invoke", call))
