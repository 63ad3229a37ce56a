"""Files that appear together or not at all."""

from collections.abc import Mapping
from pathlib import Path


def replace_all(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write every text to ``folder/name``: first all to ``name.part``, then each in place of what was there.

    Raises:
        OSError: where a text cannot be written (no space, no permission); the earlier files, if any, still stand then.

    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = {folder / name: folder / f"{name}.part" for name in texts}
    try:
        for part, text in zip(parts.values(), texts.values(), strict=True):
            part.write_text(text, encoding="utf-8")
        for target, part in parts.items():
            part.replace(target)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return list(parts)
