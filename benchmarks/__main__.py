"""All benchmarks, or those that are named, as one table; exit 1 if a target was missed."""

import importlib
import sys

SUITES = (
    "reading",
    "signals",
    "kinds",
    "natural",
    "deadlines",
    "judging",
    "policy",
    "reply_check",
    "gathering",
    "sandbox",
    "start",
)


def main(names: list[str]) -> int:
    """Run the suites and print each figure as soon as it is there."""
    unknown = [name for name in names if name not in SUITES]
    if unknown:
        print(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(SUITES)}", file=sys.stderr)
        return 2
    missed = 0
    for name in names or SUITES:
        print(f"\n{name}")
        for figure in importlib.import_module(f"benchmarks.{name}").run():
            print(figure, flush=True)
            missed += not figure.met
    print(f"\n{missed} targets missed" if missed else "\nall targets met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
