"""Files are written whole or not at all."""

from pathlib import Path

import pytest

from worked_examples.files.atomic_files import write_all, write_text


def test_files_are_written_and_named(tmp_path: Path) -> None:
    """The folder is made, every text is in its file, and nothing else is left."""
    files = write_all(tmp_path / "a" / "b", {"1.txt": "one", "2.txt": "zwei ä"})
    assert [file.read_text(encoding="utf-8") for file in files] == ["one", "zwei ä"]
    assert sorted(file.name for file in (tmp_path / "a" / "b").iterdir()) == ["1.txt", "2.txt"]


def test_a_file_is_replaced(tmp_path: Path) -> None:
    """The new text takes the place of the old one."""
    write_text(tmp_path / "1.txt", "old")
    assert write_text(tmp_path / "1.txt", "new").read_text(encoding="utf-8") == "new"


def test_a_failure_leaves_the_earlier_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second text cannot be written, the first file is unchanged too, and no part is left."""
    write_text(tmp_path / "1.txt", "old")
    real = Path.write_text

    def full(file: Path, text: str, encoding: str) -> int:
        if file.name.startswith("2"):
            raise OSError("No space left on device")
        return real(file, text, encoding=encoding)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space left"):
        write_all(tmp_path, {"1.txt": "new", "2.txt": "new"})
    assert {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == {"1.txt": "old"}
