"""How long a person waits for the first word of a command."""

import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.measure import Figure, median_seconds


def run() -> Iterator[Figure]:
    """All figures about starting."""
    command = [sys.executable, "-m", "snow_escalations.cli"]

    def help_text() -> None:
        subprocess.run([*command, "--help"], check=True, capture_output=True)

    yield Figure("--help, a whole process", median_seconds(help_text, 9) * 1000, "ms", 150)
    yield Figure("sandbox serve, a whole process to its line (demo desk)", _sandbox_line() * 1000, "ms")


def _sandbox_line() -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "snow_escalations.cli", "sandbox", "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            if process.stdout is None or not process.stdout.readline().startswith("sandbox listening"):
                raise RuntimeError("the sandbox did not start")
            times.append(time.perf_counter() - start)
            process.terminate()
    return sorted(times)[len(times) // 2]
