"""Options of the whole suite."""

import pytest
from hypothesis import HealthCheck, settings

# The suite tells the same of the same code, on a fast machine and on a slow one. To look further, run it with
# --hypothesis-profile=explore.
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", settings.get_profile("suite"), derandomize=False, max_examples=1000)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--record-cassettes`, which `make cassettes` uses."""
    parser.addoption(
        "--record-cassettes",
        action="store_true",
        help="record cassettes/ anew from the sandbox, instead of replaying them",
    )
