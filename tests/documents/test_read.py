"""Files are read as UTF-8, or refused with their name and the reason."""

from pathlib import Path

import pytest

from snow_escalations.documents import read_text
from snow_escalations.errors import ConfigurationError


def test_text_is_read_without_its_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: \xc3\xa9")
    assert read_text(path) == "a: é"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.yaml: cannot be read: No such file"):
        read_text(tmp_path / "none.yaml")


def test_a_file_that_is_not_utf8_tells_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"ab\xff")
    with pytest.raises(ConfigurationError, match="byte 3 is not UTF-8"):
        read_text(path)


def test_a_file_over_the_limit_tells_both_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("x" * 11)
    with pytest.raises(ConfigurationError, match="has 11 bytes, the limit is 10"):
        read_text(path, limit=10)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero on this system")
def test_a_file_without_an_end_is_read_to_the_limit_and_no_further() -> None:
    with pytest.raises(ConfigurationError, match="the file has 11 bytes, the limit is 10"):
        read_text(Path("/dev/zero"), limit=10)


def test_a_path_that_no_file_system_has_is_told() -> None:
    with pytest.raises(ConfigurationError, match="cannot be read: embedded null byte"):
        read_text(Path("a\0b"))
