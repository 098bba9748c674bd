"""Count the words of a text."""

from tally.count import count_words, top

__all__ = ["count_words", "top"]
