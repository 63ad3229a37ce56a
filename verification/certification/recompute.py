"""The certified file of one example, computed from scratch in ball arithmetic."""

import time
from collections.abc import Callable
from typing import Any

import flint
import numpy as np

from adapters.training import Run
from verification.certification.ball_training import certify
from verification.certification.decimals import WRITING_BITS, certified_text, evaluation_table, layers_table
from verification.certification.files import fingerprint
from verification.exact import arithmetic
from verification.runs.networks import recorded_epochs
from worked_examples import NetworkExample


def certified_table(example: NetworkExample, progress: Callable[[int], None]) -> dict[str, Any]:
    """The content of the certified file of an example; ``progress`` is told the epoch now and then."""
    started, extra = time.perf_counter(), recorded_epochs(example)
    run, bits = certify(example, extra, progress) if example.training else (untrained(example), WRITING_BITS)
    return {
        "id": example.id,
        "fixture": fingerprint(example),
        "stop": run.stop,
        "evaluations": evaluations(example, run, extra),
        **epoch_losses(example, run),
        "parameters": {str(epoch): layers_table(run.parameters[epoch]) for epoch in sorted(run.parameters)},
        "bits": bits,
        "radius": f"{max(exact_arithmetic.widest(pair) for pair in run.parameters[run.epochs]):.1e}",
        "versions": {"python-flint": flint.__version__, "numpy": np.__version__},
        "seconds": round(time.perf_counter() - started, 1),
    }


def untrained(example: NetworkExample) -> Run:
    """The run of an example without training: its initial parameters."""
    with flint.ctx.workprec(WRITING_BITS):
        return Run(None, 0, {0: arithmetic.initial(example, "ball")}, {}, "")


def evaluations(example: NetworkExample, run: Run, extra: set[int]) -> dict[str, Any]:
    """The evaluation with the first and the last two parameters, and with those at the epochs in ``extra``, by epoch."""
    epochs = sorted(epoch for epoch in (extra | {0, run.epochs - 1, run.epochs}) if epoch in run.parameters)
    with flint.ctx.workprec(WRITING_BITS):
        return {str(epoch): evaluation_table(arithmetic.evaluate_balls(example, run.parameters[epoch])) for epoch in epochs}


def epoch_losses(example: NetworkExample, run: Run) -> dict[str, Any]:
    """The losses that the criterion compared at the last two epochs; empty where it never held, or an epoch is one update."""
    if example.training is None or example.training.updates(example.data.samples) == 1 or run.stop is None:
        return {}
    return {"epoch_losses": {str(epoch): certified_text(run.losses[epoch]) for epoch in (run.epochs - 1, run.epochs)}}
