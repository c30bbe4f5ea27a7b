"""The configuration that comes with the package, and its copy for a team's own use."""

import os
from importlib import resources
from pathlib import Path

from snow_escalations.documents import parse, read_text
from snow_escalations.errors import ConfigurationError
from snow_escalations.triage.replies import Commitments

_INSTALLED = "shipped_config"


def shipped_config() -> Path:
    """The directory of the shipped configuration: in the installed package, or `config/` of a source checkout."""
    package = Path(str(resources.files("snow_escalations")))
    installed = package / _INSTALLED
    return installed if installed.is_dir() else package.parent / "config"


def shipped_commitments() -> Commitments:
    """What the shipped settings promise: an example, which every team replaces by its own."""
    path = shipped_config() / "settings.yaml"
    plain = parse(read_text(path), str(path)).plain()
    return Commitments.model_validate(plain["commitments"] if isinstance(plain, dict) else {})


def write_out(target: Path) -> list[Path]:
    """Copy the shipped configuration into a directory and give the files written.

    Raises:
        ConfigurationError: a file of it, or a link in its place, is already there (nothing is written then), or the
            directory cannot be written.
    """
    source = shipped_config()
    files = sorted(path.relative_to(source) for path in source.rglob("*") if path.is_file())
    existing = [str(target / path) for path in files if os.path.lexists(target / path)]
    if existing:
        raise ConfigurationError(
            f"{existing[0]} is already there{f' ({len(existing)} files in all)' if len(existing) > 1 else ''}; nothing "
            f"was written. Choose another directory, or remove the old configuration first"
        )
    written: list[Path] = []
    try:
        for path in files:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            # Created anew or not at all: what came to be there in between is not overwritten, nor a link followed.
            with (target / path).open("xb") as copy:
                written.append(target / path)
                copy.write((source / path).read_bytes())
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise ConfigurationError(f"{target}: cannot be written: {error.strerror or error}; nothing was kept") from error
    return written
