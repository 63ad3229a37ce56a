"""The certified files: written by ``python -m verification certify``, a cache of what certification gives when it is judged."""

import hashlib
import json
from pathlib import Path

from verification.certification.certified_run import CertifiedRun
from worked_examples import Example, NetworkExample
from worked_examples.loading import ROOT

MAX_PARAMETERS = 1000  # the most that an example may have to be certified
FOLDER = ROOT / "certified"


def path(example_id: str, folder: Path = FOLDER) -> Path:
    """The certified file of an example."""
    return folder / f"{example_id}.json"


def read(example_id: str, folder: Path = FOLDER) -> CertifiedRun | None:
    """The certified file of an example, whatever fixture it was computed from; None where there is none."""
    file = path(example_id, folder)
    return CertifiedRun(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def committed_run(example: Example) -> CertifiedRun | None:
    """The committed values of an example; None where there are none that were computed from this very fixture."""
    if not isinstance(example, NetworkExample):
        return None
    run = read(example.id)
    return run if run and is_current(run, example) else None


def is_current(run: CertifiedRun, example: NetworkExample) -> bool:
    """Whether certified values were computed from this very fixture."""
    current: bool = run.table["fixture"] == fingerprint(example)
    return current


def fingerprint(example: NetworkExample) -> str:
    """What of a fixture decides its certified values: network, data, training. A key that a fixture leaves out does not count."""
    table = example.model_dump(include={"network", "data", "training"}, exclude_defaults=True)
    return hashlib.sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()[:16]


def is_certifiable(example: NetworkExample) -> bool:
    """Whether an example may have a certified file: not where its parameters are so many that it would have megabytes."""
    return example.network.n_parameters <= MAX_PARAMETERS
