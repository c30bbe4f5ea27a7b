"""Every recording is checked by a test, or it is said why not."""

import re
from pathlib import Path

from tests.sandbox import recorded
from tests.sandbox.contract.recordings import COVERAGE
from tests.sandbox.recorded import needs_recordings

pytestmark = needs_recordings


def test_every_recording_is_covered_or_explained() -> None:
    assert {path.name for path in recorded.FOLDER.iterdir()} - {"INDEX.md"} == set(COVERAGE)
    modules = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")]
    tests = {name for text in modules for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}
    assert {test for test in COVERAGE.values() if not test.startswith("not covered: ")} <= tests
