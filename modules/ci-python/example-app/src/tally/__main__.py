"""Command line: a table of the most frequent words of the standard input."""

import argparse
import sys

from tabulate import tabulate

from tally.count import count_words, top


def render(text: str, limit: int) -> str:
    """Lay out the most frequent words of a text as a table."""
    return tabulate(top(count_words(text), limit), headers=["word", "count"], tablefmt="simple")


def main() -> int:
    """Read the standard input and print the table."""
    parser = argparse.ArgumentParser(prog="tally", description="Count the words of the input.")
    parser.add_argument("--limit", type=int, default=10, help="how many words to show")
    options = parser.parse_args()
    print(render(sys.stdin.read(), options.limit))
    return 0


if __name__ == "__main__":
    sys.exit(main())
