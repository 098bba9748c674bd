"""Command line: `python3 -m standins HOST:PORT [REPOSITORY...]`."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from standins.catalogue import catalogue
from standins.layer import Unavailable
from standins.registry import Registry


def main() -> int:
    """Makes and pushes every image; one whose ingredients this machine lacks is reported as skipped."""
    parser = argparse.ArgumentParser(prog="standins", description="Push stand-in base images to a registry.")
    parser.add_argument("registry", help="HOST:PORT of a registry that speaks plain HTTP")
    parser.add_argument("repository", nargs="*", help="only these, such as python (default: all)")
    options = parser.parse_args()

    pushed = 0
    with tempfile.TemporaryDirectory(prefix="standins-") as scratch:
        registry = Registry(options.registry)
        for image in catalogue(Path(scratch)):
            if options.repository and image.repository not in options.repository:
                continue
            started = time.monotonic()
            try:
                size = registry.push(image)
            except Unavailable as reason:
                print(f"skipped {image.name}: {reason}", flush=True)
                continue
            pushed += 1
            print(f"{image.name}: {size / 1e6:.0f} MB in {time.monotonic() - started:.1f} s", flush=True)
    print(f"{pushed} images")
    return 0 if pushed else 1


if __name__ == "__main__":
    sys.exit(main())
