"""How trainings end in float32 and float16, and the outcomes that are recorded in ``fixtures/precision.json``.

The outcomes hold for an engine, a path (compiled or eager), and the platform that the file names: processor with its instructions,
and package versions. Elsewhere roundings may correctly differ.
"""

import json
import platform
from pathlib import Path
from typing import Any

import numpy as np

from adapters import Engine, Parameters
from adapters.capabilities import stops_by_further_data
from adapters.schedule import training_of
from adapters.training import DivergedError, Run, train
from verification.case import Case
from verification.records import Ending
from verification.rounding import error_bounds
from verification.runs.networks import evaluate, is_long, training_by_id
from verification.session import Session
from worked_examples import FixtureError, NetworkExample
from worked_examples.loading import ROOT

FILE = ROOT / "precision.json"
DTYPES = ("float32", "float16")
STRIDE = 10_000  # epochs between two looks whether a training is stalled
PATHS = ("compiled", "eager")
TIE = 0.5 + 2**-8  # half a spacing; the product that is compared was itself rounded, in float16 to 11 bits


def is_viewed(example: NetworkExample) -> bool:
    """Whether an example is viewed in smaller types: where an epoch is one update and its count can be repeated by anyone.

    Only a step of gradient descent at one learning rate is compared with the spacing of numbers: why others stall, nothing says.
    """
    settings = example.training
    stops = settings is not None and settings.stopping_criterion is not None and settings.batch_size == "full"
    stops = stops and not stops_by_further_data(example)
    return stops and example.provenance != "random" and settings is not None and bool(settings.constant_rate)


def ending(case: Case[NetworkExample]) -> tuple[Ending, str]:
    """How the case's training ends, and the path that computed it."""
    limit = training_of(case.example).max_epochs
    trainer = case.engine.trainer(case.example, case.dtype, is_long(case.example))
    try:
        with np.errstate(all="ignore"):
            run = train(trainer, limit, range(0, limit, STRIDE), until_stalled=True)
    except DivergedError as error:
        return Ending(how="overflowed", reason=str(error)), trainer.path
    return ending_of(case, run), trainer.path


def ending_of(case: Case[NetworkExample], run: Run) -> Ending:
    """The ending of a finished run."""
    if run.stop is not None:
        return Ending(how="stopped", epoch=run.stop + training_of(case.example).first_epoch)
    loss = float(run.losses[run.epochs])
    if not run.stalled:
        return Ending(how="unfinished", epoch=run.epochs, loss=loss)
    return Ending(how="stalled", epoch=run.epochs, loss=loss, reason=reason(case, run.parameters[run.epochs]))


def reason(case: Case[NetworkExample], parameters: list[Parameters]) -> str:
    """Why no update changes anything: each step is compared with the spacing of the type's numbers at its parameter."""
    learning_rate = float(training_of(case.example).constant_rate)
    gradients = evaluate(case, parameters).gradients
    steps = [
        np.max(np.abs(learning_rate * gradient.astype(float)) / np.spacing(np.abs(value)).astype(float))
        for value, gradient in zip(error_bounds.row(parameters), error_bounds.row(gradients), strict=True)
    ]
    if max(steps) <= TIE:
        return f"every step is at most half the distance to the next {case.dtype} number, so that adding it changes nothing"
    return f"the steps lead back and forth between neighbouring {case.dtype} numbers"


def processor() -> str:
    """The model of the processor and its vector instructions, on which last digits depend."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.is_file() else []
    fields = {key.strip(): text.strip() for key, _, text in (line.partition(":") for line in lines)}
    vectors = [flag for flag in fields.get("flags", "").split() if flag.startswith(("avx", "fma"))]
    return " ".join([fields.get("model name", platform.processor()), *vectors])


def platform_of(engine: Engine) -> dict[str, str]:
    """What the outcomes of an engine may correctly depend on."""
    return {"processor": processor(), "machine": platform.machine(), "numpy": np.__version__, **engine.versions()}


def recorded() -> dict[str, Any]:
    """The recorded outcomes: ``platforms`` by engine, ``outcomes`` by example, type, engine and path.

    Raises:
        FixtureError: where there are none.

    """
    if not FILE.is_file():
        raise FixtureError(f"{FILE}: no such file; write it with python -m verification precision")
    table: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return table


def expectation(table: dict[str, Any], example: str, dtype: str, engine: str, path: str) -> Ending | None:
    """The recorded ending on one path; None where none is recorded."""
    outcome = table["outcomes"].get(example, {}).get(dtype, {}).get(engine, {}).get(path)
    return Ending.model_validate(outcome) if outcome else None


def reached(session: Session, dtype: str, engine: str) -> dict[str, bool]:
    """For every training whose end is printed and recorded, whether it stops in the smaller type at the printed epoch."""
    table, reaches = session.once("endings in smaller types", recorded), dict[str, bool]()
    for name in table["outcomes"]:
        endings = [expectation(table, name, dtype, engine, path) for path in PATHS]
        known = next((ending for ending in endings if ending), None)
        criterion = training_by_id(session, name).stopping_criterion
        if known and criterion and criterion.epoch is not None:
            reaches[name] = known.how == "stopped" and known.epoch == criterion.epoch
    return reaches
