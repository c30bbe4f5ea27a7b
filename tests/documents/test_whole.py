"""Files are written whole or not at all, and a new one takes nobody's place."""

import stat
from pathlib import Path

import pytest

from snow_escalations.documents.whole import write_new, write_whole


@pytest.mark.parametrize("write", [write_whole, write_new])
def test_a_file_is_written_for_its_owner_alone(write: object, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write(path, "ä\n")  # type: ignore[operator]
    assert path.read_bytes() == "ä\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_there_is_replaced_or_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    write_whole(path, "old")
    write_whole(path, "new")
    assert path.read_text() == "new"

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, "newest")
    assert path.read_text() == "new"
    with pytest.raises(OSError, match="No space left"):
        write_new(tmp_path / "b.json", "words")
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_takes_no_place_that_is_taken_by_a_file_or_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("mine")
    (tmp_path / "b.json").symlink_to(tmp_path / "elsewhere.json")
    for name in ("a.json", "b.json"):
        with pytest.raises(FileExistsError):
            write_new(tmp_path / name, "words")
    assert (tmp_path / "a.json").read_text() == "mine"
    assert not (tmp_path / "elsewhere.json").exists()
