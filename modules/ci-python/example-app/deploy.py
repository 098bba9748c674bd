"""Sign a release: the SHA-256 HMAC of all sources under DEPLOY_TOKEN.

A real deployment would send the signature to where the application runs. The token itself is never
printed.
"""

import hashlib
import hmac
import os
import sys
from pathlib import Path


def sources_digest(root: Path) -> str:
    """Digest the names and contents of the Python files below a directory."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        for part in (path.relative_to(root).as_posix().encode(), path.read_bytes()):
            digest.update(part + b"\0")
    return digest.hexdigest()


def main() -> int:
    """Print the release and its signature."""
    token = os.environ.get("DEPLOY_TOKEN", "")
    if not token:
        print("DEPLOY_TOKEN is not set", file=sys.stderr)
        return 1
    release = sources_digest(Path(__file__).parent / "src")
    signature = hmac.new(token.encode(), release.encode(), hashlib.sha256).hexdigest()
    print(f"release {release[:12]} signed {signature[:12]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
