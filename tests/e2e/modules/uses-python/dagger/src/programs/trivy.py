#!/usr/bin/env python3
"""Stands in for Trivy: takes its arguments, looks for access keys of AWS in files and images, writes its reports."""

import argparse
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

KEY = re.compile(rb"AKIA[0-9A-Z]{16}")
RULE = {"RuleID": "aws-access-key-id", "Severity": "CRITICAL", "Title": "AWS Access Key ID"}


def files(options: argparse.Namespace) -> Iterator[tuple[str, bytes]]:
    """Names and contents of what is scanned; an image's are those of its layers, each of them a tar file too."""
    if options.command == "fs":
        root = Path(options.path)
        yield from (
            (str(path.relative_to(root)), path.read_bytes()) for path in sorted(root.rglob("*")) if path.is_file()
        )
        return
    with tarfile.open(options.input) as image:
        for blob in filter(tarfile.TarInfo.isfile, image):
            try:
                with tarfile.open(fileobj=image.extractfile(blob)) as layer:
                    yield from ((each.name, layer.extractfile(each).read()) for each in layer if each.isfile())
            except tarfile.TarError:
                continue


def main() -> int:
    """Scan and report; 1 when there are findings and --exit-code says so."""
    parser = argparse.ArgumentParser(prog="trivy", allow_abbrev=False)
    parser.add_argument("command", choices=["fs", "image"])
    parser.add_argument("--format", choices=["table", "json", "sarif"], required=True)
    parser.add_argument("--severity", type=lambda text: text.split(","), required=True)
    parser.add_argument("--scanners", choices=["secret"], required=True)
    parser.add_argument("--no-progress", action="store_true")
    parser.add_argument("--exit-code", type=int, default=0)
    parser.add_argument("--ignorefile")
    parser.add_argument("--output")
    parser.add_argument("--input")
    parser.add_argument("path", nargs="?")
    options = parser.parse_intermixed_args()

    ignored = Path(options.ignorefile).read_text().split() if options.ignorefile else []
    counted = RULE["Severity"] in options.severity and RULE["RuleID"] not in ignored
    found = [name for name, content in files(options) if counted and KEY.search(content)]
    if options.format == "json":
        report = json.dumps({"Results": [{"Target": name, "Class": "secret", "Secrets": [RULE]} for name in found]})
    elif options.format == "sarif":
        uris = [{"physicalLocation": {"artifactLocation": {"uri": name}}} for name in found]
        results = [{"ruleId": RULE["RuleID"], "level": "error", "locations": [uri]} for uri in uris]
        report = json.dumps({"version": "2.1.0", "runs": [{"results": results}]})
    else:
        report = "".join(f"{RULE['Severity']}: {RULE['Title']} in {name}\n" for name in found)
    with open(options.output, "w") if options.output else sys.stdout as out:
        out.write(report)
    return options.exit_code if found else 0


sys.exit(main())
