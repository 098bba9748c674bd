from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dagger.client import transport


class FakeApi:
    """Answers documents, and keeps them."""

    def __init__(self) -> None:
        self.documents: list[str] = []
        self.answers: list[tuple[str, Any]] = []

    def on(self, part: str, data: Any) -> None:
        """Answers the documents that contain the text with this data."""
        self.answers.append((part, {"data": data}))

    def fail(self, part: str, **error: Any) -> None:
        """Answers the documents that contain the text with an error."""
        self.answers.append((part, {"data": None, "errors": [error]}))

    async def execute(self, document: str) -> str:
        self.documents.append(document)
        await asyncio.sleep(0)
        for part, response in self.answers:
            if part in document:
                return json.dumps(response)
        raise AssertionError(f"no answer for {document}")


@pytest.fixture
def api() -> Iterator[FakeApi]:
    fake = FakeApi()
    previous = transport.install(fake)
    yield fake
    transport.install(previous)


@pytest.fixture
def run() -> Callable[[Any], Any]:
    return asyncio.run
