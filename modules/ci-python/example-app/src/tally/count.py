"""Words and how often they occur."""

import re
from collections import Counter

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def count_words(text: str) -> Counter[str]:
    """Count words, whatever their case.

    An apostrophe inside a word belongs to it; digits and underscores do not.
    """
    return Counter(word.lower() for word in WORD.findall(text))


def top(counts: Counter[str], limit: int) -> list[tuple[str, int]]:
    """Return the most frequent words first; equally frequent ones in alphabetical order."""
    if limit < 0:
        raise ValueError(f"limit must not be negative: {limit}")
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
