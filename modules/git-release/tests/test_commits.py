"""Reading commits and writing change logs; the pipeline runs these tests."""

import pytest
from commits import Parsed, changelog, parse, parse_log, prepend


@pytest.mark.parametrize(
    ("message", "kind", "scope", "text", "breaking", "note"),
    [
        ("feat: x", "feat", "", "x", False, ""),
        ("Fix(the api)!: x y", "fix", "the api", "x y", True, ""),
        ("chore: x\n\nBREAKING CHANGE: a\nb c\n\nmore", "chore", "", "x", True, "a b c"),
        ("chore: x\n\nBREAKING-CHANGE: a\nReviewed-by: b", "chore", "", "x", True, "a"),
        ("fix: no BREAKING CHANGE: x", "fix", "", "no BREAKING CHANGE: x", False, ""),
        ("feat:x", "", "", "feat:x", False, ""),
        ("Merge branch 'a'", "", "", "Merge branch 'a'", False, ""),
    ],
)
def test_parse(message: str, kind: str, scope: str, text: str, breaking: bool, note: str) -> None:
    """Kind, scope, mark and footer are read; anything else is a text."""
    assert parse("0", message) == Parsed("0", message, kind, scope, text, breaking, note)


def test_parse_log() -> None:
    """Messages of several lines stay whole."""
    log = "a1\x1ffeat: x\n\nbody\n\x1e\nb2\x1ffix: y\n\x1e\n"
    assert [(each.digest, each.message) for each in parse_log(log)] == [("a1", "feat: x\n\nbody"), ("b2", "fix: y")]
    assert parse_log("") == []


def test_changelog() -> None:
    """What breaks comes first and once; what users do not notice is left out."""
    messages = ["fix(api)!: a", "docs: b", "feat: c", "perf: d"]
    commits = [parse(f"{number}" * 40, message) for number, message in enumerate(messages)]
    assert changelog("2.0.0", "2026-01-02", commits) == (
        "## 2.0.0 (2026-01-02)\n\n### Breaking\n\n- **api**: a (00000000)\n\n"
        "### Added\n\n- c (22222222)\n\n### Faster\n\n- d (33333333)\n"
    )
    assert changelog("1.0.1", "2026-01-02", commits[1:2]).endswith("\n\nNo changes that users notice.\n")


def test_prepend() -> None:
    """A section goes above the newest one, below the heading, or into a new file."""
    assert prepend("", "## 2\n") == "# Changes\n\n## 2\n"
    assert prepend("# Log\n\nAll of it.\n", "## 2\n") == "# Log\n\nAll of it.\n\n## 2\n"
    assert prepend("# Log\n\n## 1\n\n- a\n", "## 2\n") == "# Log\n\n## 2\n\n## 1\n\n- a\n"
