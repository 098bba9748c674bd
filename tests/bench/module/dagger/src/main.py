"""Functions that the bench measures: one that takes a directory in, one that waits in containers."""

import asyncio

from dagger import Directory, dag, function, object_type


@object_type
class Bench:
    """What `tests/bench` calls."""

    @function
    async def read(self, source: Directory, path: str) -> str:
        """Return a file of the directory, which therefore has to be at the engine as it is now."""
        return await source.file(path).contents()

    @function
    async def wait(self, image: str, tags: list[str]) -> str:
        """Sleep a second in a container for each tag, all at the same time. A new tag is never cached."""
        return "\n".join(await asyncio.gather(*(self._sleep(image, tag) for tag in tags)))

    async def _sleep(self, image: str, tag: str) -> str:
        command = ["sh", "-c", 'sleep 1 && echo "$0"', tag]
        return (await dag.container().from_(image).with_exec(command).stdout()).strip()
