"""The table: a figure, what it is compared with, the bound, and whether it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from process import Samples


@dataclass(frozen=True)
class Row:
    """One figure. With `against`, the bound is for the ratio of the two; else it is for the figure itself.

    Without a bound a row is information. `least` is the ratio of the shortest runs; where it is far from the ratio of
    the medians, the machine was busy. `note` says what the other side is, or why there is no figure.
    """

    what: str
    measured: float | None = None
    unit: str = "ms"
    against: float | None = None
    least: float | None = None
    bound: float | None = None
    runs: int | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the other side's figure this one is."""
        if self.measured is None or not self.against:
            return None
        return self.measured / self.against

    @property
    def result(self) -> str:
        """`pass`, `miss`, `not run`, or nothing for a row without a bound."""
        value = self.measured if self.against is None else self.ratio
        if value is None:
            return "not run"
        if self.bound is None:
            return ""
        return "pass" if value <= self.bound else "miss"

    def cells(self) -> list[str]:
        """The row as texts."""
        bound = "" if self.bound is None else f"≤ {self.bound:g}" + (" x" if self.against else f" {self.unit}")
        return [
            self.what,
            "" if self.measured is None else f"{self.measured:.1f} {self.unit}",
            "" if self.against is None else f"{self.against:.1f} {self.unit}",
            "" if self.ratio is None else f"{self.ratio:.2f} x",
            "" if self.least is None else f"{self.least:.2f} x",
            bound,
            self.result,
            "" if self.runs is None else str(self.runs),
            self.note,
        ]


def compared(what: str, ours: Samples, theirs: Samples, note: str, bound: float | None = None) -> Row:
    """Wall times of two commands that ran in turns."""
    return Row(
        what,
        ours.wall,
        against=theirs.wall,
        least=ours.least / theirs.least,
        bound=bound,
        runs=len(ours.runs),
        note=note,
    )


HEADINGS = ["what", "measured", "against", "ratio", "of least", "bound", "result", "runs", "note"]
LEFT = {0, 6, 8}


def render(rows: Iterable[Row]) -> str:
    """Lay rows out in columns; figures to the right, texts to the left."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    lines.insert(1, ["─" * width for width in widths])
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in LEFT else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
