"""The build folder of a certification: finished examples, which an interrupted run need not repeat."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from verification.certification.files import FOLDER, fingerprint, path, read
from worked_examples import NetworkExample
from worked_examples.files.atomic_files import write_text

BUILD = Path("build") / "certified"
VOLATILE = ("seconds", "versions", "bits", "radius")
CERTIFYING_CODE = (
    *("reference/**/*.py", "verification/certification/*.py", "worked_examples/exact_numbers.py"),
    *("verification/exact/arithmetic.py", "verification/exact/enclosures.py"),
)


def write(table: dict[str, Any], folder: Path = BUILD) -> Path:
    """Write the certified file of one example, whole or not at all; returns its path."""
    return write_text(path(table["id"], folder), json.dumps(table, indent=1) + "\n")


def difference(example_id: str, folder: Path = BUILD) -> str:
    """What differs between the committed and the recomputed file of an example; empty where nothing does."""
    committed, recomputed = read(example_id), read(example_id, folder)
    if committed is None or recomputed is None:
        return f"{example_id}: no {'recomputed' if committed else 'committed'} file"
    old, new = committed.table, recomputed.table
    keys = [key for key in sorted(old.keys() | new.keys()) if key not in VOLATILE and old.get(key) != new.get(key)]
    files = f"compare {path(example_id)} with {path(example_id, folder)}"
    return f"{example_id}: {', '.join(keys)} differ; {files}" if keys else ""


def pending(examples: Mapping[str, NetworkExample], folder: Path = BUILD) -> Iterator[str]:
    """The examples that an interrupted run did not finish, the longest first."""
    for example_id, example in sorted(examples.items(), key=lambda item: -cost(item[1])):
        finished = read(example_id, folder)
        if finished is None or finished.table["fixture"] != fingerprint(example):
            yield example_id


def cost(example: NetworkExample) -> int:
    """How long an example will take, roughly: its updates, and more where softmax or tanh outputs widen the balls."""
    updates = example.training.expected * example.training.updates(example.data.samples) if example.training else 0
    return updates * (10 if example.network.layers[-1].activation in ("softmax", "tanh") else 1)


def code_fingerprint(root: Path = FOLDER.parent.parent) -> str:
    """What decides the values beside the fixtures: the reference's code and the code that runs it in balls."""
    files = [file for pattern in CERTIFYING_CODE for file in sorted(root.glob(pattern))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def resume(code: str, folder: Path = BUILD) -> None:
    """Keep what an interrupted run of this very code has finished; remove anything older."""
    mark = folder / "code"
    if not mark.is_file() or mark.read_text(encoding="utf-8") != code:
        shutil.rmtree(folder, ignore_errors=True)
        write_text(mark, code)


def discard(example_ids: Iterable[str], folder: Path = BUILD) -> None:
    """Remove the examples from the build folder, and the folder itself where none is left."""
    for example_id in example_ids:
        path(example_id, folder).unlink(missing_ok=True)
    if not any(folder.rglob("*.json")):
        shutil.rmtree(folder)


def commit(example_ids: Iterable[str], folder: Path = BUILD) -> None:
    """Replace the committed files by the recomputed ones."""
    for example_id in example_ids:
        recomputed = read(example_id, folder)
        if recomputed:
            write(recomputed.table, FOLDER)
