"""Where the host mounts things."""

SOURCE = "/src"
"""The module, read-only."""

DEPENDENCIES = "/deps"
"""Packages that the module's manifest names."""

BINDINGS = "/gen"
"""Generated clients of the modules that it depends on."""

BYTECODE = "/pyc"
"""Compiled code of the three above."""

SEARCH = (f"{SOURCE}/src", SOURCE, BINDINGS, DEPENDENCIES)
"""What `sys.path` is while the module runs."""


def relative(path: str) -> str | None:
    """The path below the module's source; None when it is elsewhere."""
    prefix = SOURCE + "/"
    return path[len(prefix) :] if path.startswith(prefix) else None
