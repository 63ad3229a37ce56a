"""The certified file of one example, computed from scratch in ball arithmetic."""

import time
from collections.abc import Callable
from typing import Any

import flint
import numpy as np

from adapters import Evaluation, Parameters
from adapters.reference.engine import Engine
from adapters.training import Run
from reference.comparisons import UndecidedError
from verification.certification.ball_training import certify
from verification.certification.decimals import WRITING_BITS, evaluation_table, layers_table, nested
from verification.certification.files import fingerprint
from verification.exact import arithmetic
from verification.exact.enclosures import as_balls
from verification.runs.networks import n_last_epochs, recorded_epochs
from worked_examples import NetworkExample
from worked_examples.exact_numbers import Exact


def certified_table(example: NetworkExample, progress: Callable[[int], None]) -> dict[str, Any]:
    """The content of the certified file of an example; ``progress`` is told the epoch now and then."""
    started, extra = time.perf_counter(), recorded_epochs(example)
    run, bits = certify(example, extra, progress) if example.training else (untrained(example), WRITING_BITS)
    return {**table_of(example, run, extra, bits), "seconds": round(time.perf_counter() - started, 1)}


def table_of(example: NetworkExample, run: Run, extra: set[int], bits: int, write: Callable[[Any], Any] = nested) -> dict[str, Any]:
    """The certified values of a run in balls, each array as ``write`` gives it, and how they were computed."""
    return {
        "id": example.id,
        "fixture": fingerprint(example),
        "stop": run.stop,
        "evaluations": evaluations(example, run, extra, write),
        **epoch_losses(example, run, write),
        "parameters": {str(epoch): layers_table(run.parameters[epoch], write) for epoch in sorted(run.parameters)},
        "bits": bits,
        "radius": f"{max(widest(pair) for pair in run.parameters[max(run.parameters)]):.1e}",
        "versions": {"python-flint": flint.__version__, "numpy": np.__version__},
    }


def untrained(example: NetworkExample) -> Run:
    """The run of an example before training: its initial parameters."""
    with flint.ctx.workprec(WRITING_BITS):
        return Run(None, 0, {0: arithmetic.initial(example, "exact")}, {}, "")


def evaluations(example: NetworkExample, run: Run, extra: set[int], write: Callable[[Any], Any]) -> dict[str, Any]:
    """The evaluation with the first and the last parameters, and with those at the epochs in ``extra``, by epoch."""
    epochs = sorted(epoch for epoch in (extra | {0, *last_epochs(example, run)}) if epoch in run.parameters)
    known = {epoch: evaluated(example, run.parameters[epoch]) for epoch in epochs}
    return {str(epoch): evaluation_table(evaluation, write) for epoch, evaluation in known.items() if evaluation}


def evaluated(example: NetworkExample, parameters: list[Parameters]) -> Evaluation | None:
    """The evaluation with these parameters; None where they are too wide for a comparison."""
    with flint.ctx.workprec(WRITING_BITS):
        try:
            return Engine().evaluate(example, parameters, number_type_of(parameters))
        except UndecidedError:
            return None


def number_type_of(parameters: list[Parameters]) -> str:
    """``exact`` or ``ball``."""
    return "exact" if any(isinstance(array.flat[0], Exact) for layer in parameters for array in layer if array.size) else "ball"


def widest(pair: Parameters) -> float:
    """The greatest radius in a layer."""
    return float(max(np.max(arithmetic.radius(as_balls(array)), initial=0) for array in pair))


def epoch_losses(example: NetworkExample, run: Run, write: Callable[[Any], Any]) -> dict[str, Any]:
    """The losses that the criterion compared at the last epochs; empty where it never held, or an epoch is one update."""
    if example.training is None or example.training.is_full_batch(example.data.samples) or run.stop is None:
        return {}
    return {"epoch_losses": {str(epoch): write(run.losses[epoch]) for epoch in last_epochs(example, run)}}


def last_epochs(example: NetworkExample, run: Run) -> range:
    """The epochs that tell whether the stopping criterion holds at the last, and at the one before it."""
    n_last = n_last_epochs(example) if example.training else 2
    return range(run.epochs - n_last + 1, run.epochs + 1)
