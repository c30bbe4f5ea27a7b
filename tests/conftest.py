"""Options of the whole suite."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--record-cassettes`, which `make cassettes` uses."""
    parser.addoption(
        "--record-cassettes",
        action="store_true",
        help="record cassettes/ anew from the sandbox, instead of replaying them",
    )
