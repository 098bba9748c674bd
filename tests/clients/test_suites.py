"""The libraries' own tests, as their packages ship them, against our sessions; npm's package ships none."""

from pathlib import Path

import pytest
from conftest import TOLD
from suites import SUITES, Suite


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_suite(suite: Suite, binary: Path, docker: None, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Whatever fails is known, with a reason that is not ours."""
    outcome = suite.run(binary, tmp_path)
    counts = (
        f"{len(outcome.passed)} passed, {len(outcome.failed)} that cannot pass here, {len(outcome.skipped)} skipped"
    )
    lines = [f"  {name}: {suite.known[name]}" for name in sorted(outcome.failed) if name in suite.known]
    request.config.stash[TOLD].append("\n".join([f"{suite.name}: {counts}", *lines]))
    unknown = {name: text for name, text in outcome.failed.items() if name not in suite.known}
    assert not unknown, "\n".join(f"{name}\n{text}" for name, text in unknown.items())
