"""Commits as conventional commits have them, and the change log that they make."""

import re
from dataclasses import dataclass

SECTIONS = {"feat": "Added", "fix": "Fixed", "perf": "Faster", "revert": "Reverted"}
"""What the change log tells of, in this order; breaking changes of any type come first."""

SUBJECT = re.compile(r"(?P<kind>[a-zA-Z]+)(?:\((?P<scope>[^()]*)\))?(?P<mark>!)?: (?P<text>\S.*)")
BREAKING = re.compile(r"^BREAKING[ -]CHANGE: (.*(?:\n(?!\n|[\w-]+: ).*)*)", re.MULTILINE)


@dataclass(frozen=True)
class Parsed:
    """A commit, read. One that is not conventional has no kind, and its whole subject as text."""

    digest: str
    message: str
    kind: str
    scope: str
    text: str
    breaking: bool
    note: str
    """What breaks, where the message says so apart."""


def parse(digest: str, message: str) -> Parsed:
    """Read a commit's message."""
    subject = message.split("\n", 1)[0]
    said = SUBJECT.fullmatch(subject)
    note = BREAKING.search(message)
    if said is None:
        return Parsed(digest, message, "", "", subject, note is not None, note[1] if note else "")
    return Parsed(
        digest,
        message,
        said["kind"].lower(),
        said["scope"] or "",
        said["text"],
        bool(said["mark"]) or note is not None,
        " ".join(note[1].split()) if note else "",
    )


def parse_log(log: str) -> list[Parsed]:
    """Read what `git log` prints in the form that `LOG_FORMAT` asks for."""
    records = [record.strip("\n") for record in log.split("\x1e")]
    return [parse(*record.split("\x1f", 1)) for record in records if record]


LOG_FORMAT = "%H%x1f%B%x1e"


def changelog(version: str, date: str, commits: list[Parsed]) -> str:
    """Write a version's section of a change log, in Markdown."""
    parts = [f"## {version} ({date})"]
    groups = [("Breaking", [each for each in commits if each.breaking])]
    for kind, title in SECTIONS.items():
        groups.append((title, [each for each in commits if each.kind == kind and not each.breaking]))
    for title, members in groups:
        if members:
            parts.append("\n".join([f"### {title}\n", *map(_line, members)]))
    if len(parts) == 1:
        parts.append("No changes that users notice.")
    return "\n\n".join(parts) + "\n"


def _line(commit: Parsed) -> str:
    scope = f"**{commit.scope}**: " if commit.scope else ""
    return f"- {scope}{commit.note or commit.text} ({commit.digest[:8]})"


def prepend(existing: str, section: str) -> str:
    """Put a section before the newest one of a change log, below its heading."""
    newest = re.search(r"^## ", existing, re.MULTILINE)
    if newest is None:
        return (existing.rstrip("\n") + "\n\n" if existing.strip() else "# Changes\n\n") + section
    return f"{existing[: newest.start()]}{section}\n{existing[newest.start() :]}"
