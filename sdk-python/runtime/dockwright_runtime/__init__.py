"""The Python runtime: CPython, the standard library and the SDK in one component that loads any module.

`app` is what the component exports. Everything that is imported while the component is built lies in its snapshot, so
it costs nothing at run time; the user's code is imported from the folders that the host mounts.

What the host gives: `/src` (the module, read-only), `/tmp` to write to, and, where there is something in them, `/deps`
(packages that the module depends on), `/gen` (bindings of modules that it depends on) and `/pyc` (compiled code). And
the environment variables `DOCKWRIGHT_MODULE` (the module's name) and `DOCKWRIGHT_PYC` (`read` or `write`, with `/pyc`).
"""
