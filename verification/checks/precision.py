"""What a reader gets in float32 and float16: the same epoch count, another, or none, because rounding stops the training.

The outcomes are expectations with a reason, recorded for each engine on the machine and with the versions that are named in
``fixtures/precision.json``. There a change fails; elsewhere, where rounding may lawfully differ, it becomes a note.
"""

import json
import platform
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from adapters import ENGINES, Parameters
from adapters.training import DivergedError, train
from verification import error_bounds
from verification.failure import Record, fail
from verification.results import versions
from verification.session import Case
from worked_examples import FixtureError, NetworkExample, load_all
from worked_examples.loading import ROOT

FILE = ROOT / "precision.json"
DTYPES = ("float32", "float16")
STRIDE = 10_000  # epochs between two looks whether a training is stuck


def viewed(example: NetworkExample) -> bool:
    """Whether an example is viewed in smaller dtypes: where an epoch is one update and its count can be repeated by anyone."""
    training = example.training
    return (
        training is not None
        and training.stopping_criterion is not None
        and training.batch_size == "full"
        and example.provenance != "random"
    )


def outcome(case: Case) -> dict[str, Any]:
    """How a training ends: ``epochs``, or ``stuck`` with loss and reason, or ``overflow``, or ``unfinished``."""
    limit = case.training.max_epochs
    trainer = case.adapter.trainer(case.example, case.dtype, case.is_long)
    try:
        with np.errstate(all="ignore"):
            run = train(trainer, limit, range(0, limit, STRIDE), until_stalled=True)
    except DivergedError as error:
        return {"overflow": str(error)}
    if run.stop is not None:
        return {"epochs": run.stop + case.training.first_epoch}
    found = {"stuck" if run.stalled else "unfinished": run.epochs, "loss": float(run.losses[run.epochs])}
    return found | {"why": reason(case, run.parameters[run.epochs])} if run.stalled else found


def reason(case: Case, parameters: list[Parameters]) -> str:
    """Why no update changes anything: each step is compared with the spacing of the dtype's numbers at its parameter."""
    rate = float(case.training.learning_rate)
    gradients = case.evaluate(parameters).gradients
    shares = [
        np.max(np.abs(rate * slope.astype(float)) / np.spacing(np.abs(value)).astype(float))
        for value, slope in zip(error_bounds.row(parameters), error_bounds.row(gradients), strict=True)
    ]
    if max(shares) <= TIE:
        return f"every step is at most half the distance to the next {case.dtype} number, so that adding it changes nothing"
    return f"the steps lead back and forth between neighbouring {case.dtype} numbers"


TIE = 0.5 + 2**-8  # half a spacing; the product that is compared was itself rounded, in float16 to 11 bits


@cache
def processor() -> str:
    """The model of the processor, on which vector instructions and so last digits depend."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


@cache
def platform_key() -> dict[str, str]:
    """What an outcome may lawfully depend on."""
    names = ("python-flint", "pytest", "python")
    return {"processor": processor(), **{name: text for name, text in versions().items() if name not in names}}


@cache
def expectations() -> dict[str, Any]:
    """The recorded outcomes.

    Raises:
        FixtureError: where there are none.
    """
    if not FILE.is_file():
        raise FixtureError(f"{FILE}: no such file; write it with python -m verification.checks.precision")
    table: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return table


def check_precision(case: Case, record: Record, dtype: str) -> None:
    """In a smaller floating-point type training ends as recorded for this engine: this count, another, or stuck."""
    record["dtype"], record["precision"] = dtype, (found := outcome(case._replace(dtype=dtype)))
    expected = expectations()["outcomes"].get(case.example.id, {}).get(dtype, {}).get(case.engine)
    if expected is None or found == expected:
        return
    line = f"{dtype}: {found}, recorded {expected}"
    if expectations()["platform"] == platform_key():
        fail(
            case,
            [line],
            "something that decides roundings has changed; find it, or record it: python -m verification.checks.precision",
        )
    record["note"] = f"{line} (on another machine or with other versions)"


def main() -> None:
    """Record the outcomes of all engines on this machine."""
    table: dict[str, Any] = {"platform": platform_key(), "outcomes": {}}
    for example in (example for example in load_all().values() if isinstance(example, NetworkExample) and viewed(example)):
        for dtype in DTYPES:
            found = {engine: outcome(Case(example, engine, dtype)) for engine in ENGINES}
            table["outcomes"].setdefault(example.id, {})[dtype] = found
            print(example.id, dtype, found, flush=True)
    unfinished = FILE.with_suffix(".part")
    unfinished.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(FILE)


if __name__ == "__main__":
    main()
