"""Stand-ins for well-known base images, made of this machine's own files and pushed to a loopback registry.

A machine without a public container registry has no `python:3.12-slim`. What tests need of it (a Debian userland, an
interpreter, pip) is installed here anyway, so each image is a few tar layers of copied files. Layers stay
uncompressed: over loopback, gzip costs more than it saves.

`layer` writes tar layers, `bases` and `languages` say what goes into them, `catalogue` which images they make, and
`registry` speaks the OCI distribution protocol. Nothing here needs root, Docker or a download.
"""
