"""Reading the text of a document from disk, with an error that names the file and the remedy."""

from pathlib import Path

from snow_escalations.documents.problems import Problem
from snow_escalations.errors import ConfigurationError

SIZE_LIMIT = 4 * 1024 * 1024


def read_text(path: Path, *, limit: int = SIZE_LIMIT) -> str:
    """The file as UTF-8 text.

    Raises:
        ConfigurationError: the file is missing, unreadable, larger than `limit` bytes or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            # A device or a pipe tells no size, and may have no end.
            content = file.read(limit + 1)
        if len(content) > limit:
            size = max(path.stat().st_size, len(content))
            raise ConfigurationError(f"{path}: the file has {size} bytes, the limit is {limit}; split or shorten it")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"{path}: byte {error.start + 1} is not UTF-8 ({error.reason}); save the file as UTF-8"
        ) from error
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        # A path with a zero byte in it, which no file system has.
        raise ConfigurationError(f"{str(path)!r}: cannot be read: {error}") from error


def text_or_problem(path: Path) -> str | Problem:
    """The same, or what `read_text` raises as a problem of the file, to be told with those of others."""
    try:
        return read_text(path)
    except ConfigurationError as error:
        return Problem(str(path), 0, 0, str(error).removeprefix(f"{path}: "))
