"""What counts as a word, and in which order words come."""

import pytest

from tally import count_words, top


def test_case_does_not_matter():
    assert count_words("Tea tea TEA")["tea"] == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", {}),
        ("one, two; one!", {"one": 2, "two": 1}),
        ("it's 'quoted'", {"it's": 1, "quoted": 1}),
        ("route 66", {"route": 1}),
        ("Käse_Brot", {"käse": 1, "brot": 1}),
    ],
)
def test_words(text, words):
    assert count_words(text) == words


def test_ties_are_alphabetical():
    assert top(count_words("b a c c"), 2) == [("c", 2), ("a", 1)]


def test_negative_limit_is_refused():
    with pytest.raises(ValueError, match="must not be negative: -1"):
        top(count_words("a"), -1)
