"""Writing a file whole or not at all, for nobody but its owner to read."""

import contextlib
import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step, in place of one that is there; what was there stays if it cannot be written.

    Raises:
        OSError: it cannot be written.
    """
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, nor a link in its place.

    Raises:
        FileExistsError: it is there.
        OSError: it cannot be written; nothing is kept then.
    """
    with path.open("xb"):  # claims the name, also from whoever writes it in the same moment
        pass
    try:
        write_whole(path, text)
    except OSError:
        path.unlink(missing_ok=True)
        raise
