"""The command line, from standard input to table."""

import io
import sys

from tally.__main__ import main


def test_table(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["tally", "--limit", "2"])
    monkeypatch.setattr(sys, "stdin", io.StringIO("to be or not to be"))
    assert main() == 0
    assert capsys.readouterr().out == (
        "word      count\n------  -------\nbe            2\nto            2\n"
    )
