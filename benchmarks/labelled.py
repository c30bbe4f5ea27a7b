"""Labelled texts and what goes with them, read once."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""As safe, and five times as fast where libyaml is there."""


@cache
def load(path: Path) -> Any:
    """What a file of the repository's own holds; nobody may change it."""
    return yaml.load(path.read_text("utf-8"), Loader=_LOADER)
