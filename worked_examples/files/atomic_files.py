"""The one way to write a file: whole or not at all."""

from collections.abc import Mapping
from pathlib import Path


def write_all(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """The paths of ``folder/name`` for every text: first all are written to ``name.part``, then each replaces what was there.

    Raises:
        OSError: where a text cannot be written (no space, no permission); earlier files, if any, are then unchanged.

    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = {folder / name: folder / f"{name}.part" for name in texts}
    try:
        for partial, text in zip(parts.values(), texts.values(), strict=True):
            partial.write_text(text, encoding="utf-8")
        for target, partial in parts.items():
            partial.replace(target)
    finally:
        for partial in parts.values():
            partial.unlink(missing_ok=True)
    return list(parts)


def write_text(file: Path, text: str) -> Path:
    """The path of one file, written as ``write_all`` does."""
    return write_all(file.parent, {file.name: text})[0]
