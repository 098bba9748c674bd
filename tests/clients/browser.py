"""A headless Chromium, driven over its debugging pipe; it reaches nothing but this machine."""

import base64
import itertools
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


class Browser:
    """One page."""

    def __init__(self, folder: Path) -> None:
        """Start it with a profile of its own, or skip where there is none."""
        program = next(filter(None, map(shutil.which, PROGRAMS)), None)
        if program is None:
            pytest.skip("no Chromium on PATH (Debian's package `chromium`)")
        reads, self.write = os.pipe()
        self.read, writes = os.pipe()
        command = [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"]
        # What the browser asks for on its own account is no concern of the test.
        command += [f"--user-data-dir={folder}/profile", "--disable-background-networking", "--window-size=1280,800"]

        def take_over() -> None:
            low = os.dup(reads), os.dup(writes)
            os.dup2(low[0], 3)
            os.dup2(low[1], 4)

        self.process = subprocess.Popen(
            [*command, "about:blank"], pass_fds=(3, 4, reads, writes), preexec_fn=take_over, stderr=subprocess.DEVNULL
        )
        os.close(reads)
        os.close(writes)
        self.numbers = itertools.count(1)
        self.buffer = b""
        self.events: list[dict[str, Any]] = []
        targets = self.send("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self.session = self.send("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    def __enter__(self) -> "Browser":
        """Give the browser."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        os.close(self.write)
        os.close(self.read)

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give a command and its result; events meanwhile are kept."""
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        if hasattr(self, "session"):
            message["sessionId"] = self.session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def receive(self) -> dict[str, Any]:
        """Give the next message."""
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.read], [], [], 60)
            chunk = os.read(self.read, 1 << 16) if ready else b""
            assert chunk, "the browser says nothing more"
            self.buffer += chunk
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def open(self, url: str) -> None:
        """Go to an address, in a document of its own."""
        self.send("Page.navigate", url="about:blank")
        self.send("Page.navigate", url=url)

    def value(self, expression: str) -> Any:
        """Evaluate in the page."""
        result = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def wait(self, expression: str, seconds: float = 60) -> Any:
        """Wait until an expression holds; give its value."""
        end = time.monotonic() + seconds
        while True:
            value = self.value(expression)
            if value or time.monotonic() > end:
                break
            time.sleep(0.1)
        assert value, f"{expression}\n{self.value('document.body?.innerText')}\n{self.complaints()}"
        return value

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.send("Input.insertText", text=text)

    def press(self, key: str, code: int, modifiers: int = 0) -> None:
        """Press a key; 2 is Ctrl."""
        for kind in ("rawKeyDown", "keyUp"):
            self.send(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                nativeVirtualKeyCode=code,
                modifiers=modifiers,
            )

    def requests(self) -> list[str]:
        """Give the addresses that pages asked for."""
        sent = [event["params"] for event in self.events if event.get("method") == "Network.requestWillBeSent"]
        return [event["request"]["url"] for event in sent]

    def complaints(self) -> list[str]:
        """Give what the page and the browser wrote to the console as errors."""
        logged = [event["params"]["entry"] for event in self.events if event.get("method") == "Log.entryAdded"]
        thrown = [event["params"] for event in self.events if event.get("method") == "Runtime.exceptionThrown"]
        errors = [entry["text"] for entry in logged if entry["level"] == "error"]
        return errors + [str(event["exceptionDetails"]) for event in thrown]

    def screenshot(self, path: Path) -> None:
        """Write a picture of the page."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot")["data"]))
