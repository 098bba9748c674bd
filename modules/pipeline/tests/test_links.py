"""Finding links that lead nowhere; the pipeline runs these tests."""

from pathlib import Path

from links import broken, headings


def test_headings() -> None:
    """Names of headings, as code hosts make them."""
    assert headings("# A title\n\ntext\n\n## What `it` does, and why\n") == {"a-title", "what-it-does-and-why"}


def test_broken(tmp_path: Path) -> None:
    """Files, folders and headings are followed; addresses and code are not."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "other.md").write_text("# Other\n")
    file = tmp_path / "page.md"
    file.write_text(
        "# Page\n[a](docs) [b](docs/other.md#other) [c](#page) [d](https://example.com/none)\n"
        "`[e](none)`\n```\n[f](none)\n```\n[g](none.md)\n[h](docs/other.md#none)\n"
    )
    assert broken(file) == [
        f"{file}:7: none.md leads nowhere",
        f"{file}:8: docs/other.md#none leads nowhere",
    ]
