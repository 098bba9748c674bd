"""Reading pyproject.toml; the pipeline runs these tests."""

import pytest
from project import Project, read

TEXT = """
[project]
dependencies = ["a>=1"]
[project.optional-dependencies]
extra = ["b"]
[dependency-groups]
dev = ["c", {include-group = "base"}]
base = ["d"]
one = [{include-group = "two"}]
two = [{include-group = "one"}]
"""


def test_requirements() -> None:
    """Those of the project, of extras and of groups, also of groups in groups."""
    assert read(TEXT, [], []) == Project(["a>=1"], installable=True)
    assert read(TEXT, ["extra"], ["dev"]) == Project(["a>=1", "b", "c", "d"], installable=True)
    assert read("[tool.ruff]\nline-length = 100\n", [], []) == Project([], installable=False)


@pytest.mark.parametrize(
    ("extras", "groups", "said"),
    [
        (["docs"], [], "no extra `docs`; it has: extra"),
        ([], ["docs"], "no dependency group `docs`; it has: base, dev, one, two"),
        ([], ["one"], "include each other: one → two → one"),
    ],
)
def test_what_is_missing(extras: list[str], groups: list[str], said: str) -> None:
    """The error names what there is."""
    with pytest.raises(ValueError, match=said):
        read(TEXT, extras, groups)
