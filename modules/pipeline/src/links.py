"""Finds links in Markdown files below the working directory that lead nowhere. Runs in a container."""

import re
import sys
from pathlib import Path
from urllib.parse import unquote

LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def headings(text: str) -> set[str]:
    """The names by which links reach the headings of a text."""
    titles = re.findall(r"^#+ +(.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken(file: Path) -> list[str]:
    """The links of a file that lead nowhere, with their lines."""
    text = file.read_text(encoding="utf-8")
    prose = CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
    found = []
    for link in LINK.finditer(prose):
        target, _, heading = unquote(link[1]).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = file.parent / target if target else file
        there = path.exists() and (
            not heading or path.suffix != ".md" or heading in headings(path.read_text(encoding="utf-8"))
        )
        if not there:
            found.append(f"{file}:{prose.count(chr(10), 0, link.start()) + 1}: {link[1]} leads nowhere")
    return found


def main() -> int:
    """Check all files; 1 when a link is broken."""
    files = sorted(Path().rglob("*.md"))
    found = [line for file in files for line in broken(file)]
    print("\n".join(found) if found else f"links: {len(files)} documents, no problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
