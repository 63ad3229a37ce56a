"""A table of numbers, one column a seed, that is computed part by part and kept on disk, so that an interrupted run goes on."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np

from adapters import Array
from worked_examples import Example
from worked_examples.files.atomic_files import write_text

Compute: TypeAlias = Callable[[Sequence[int]], Array]


def digest(example: Example) -> str:
    """What a kept table must have been computed from: the fixture's text, and NumPy's version."""
    return hashlib.sha256(example.file.read_bytes() + np.__version__.encode()).hexdigest()[:16]


def resumed(file: Path, key: str, seeds: Sequence[int], part: int, compute: Compute) -> Array:
    """The columns ``(numbers, seeds)`` of all seeds: those that are kept under this key, then the others, computed in parts.

    The file is removed by ``forget`` as soon as what follows from the table is written.
    """
    columns = kept(file, key)[: len(seeds)]
    while len(columns) < len(seeds):
        columns += compute(seeds[len(columns) : len(columns) + part]).T.tolist()
        write_text(file, json.dumps({"key": key, "columns": columns}))
    return np.array(columns).T


def kept(file: Path, key: str) -> list[list[float]]:
    """The columns that an interrupted run has left; none where it was a run of something else."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return list(content["columns"]) if isinstance(content, dict) and content.get("key") == key else []


def forget(file: Path) -> None:
    """Remove what was kept."""
    file.unlink(missing_ok=True)
