"""Notes to the author: what a run shows about an example that its page does not say. Computed, never written by hand."""

from collections.abc import Iterator

import numpy as np

from adapters import Evaluation
from verification.case import Case
from verification.certification.files import committed_run
from verification.runs.networks import evaluate, run
from verification.session import Session
from worked_examples import NetworkExample

CHECKPOINTS_SAMPLES_UNITS = 3  # the axes of the outputs of units at all checkpoints


def notes(case: Case[NetworkExample]) -> list[str]:
    """All notes on an example, from the engine's run at its checkpoints (or from the one evaluation)."""
    example = case.example
    parameters = run(case).parameters if example.training else {0: None}
    evaluations = [evaluate(case, layers) for layers in parameters.values()]
    lines = [*dead_units(example, evaluations), *always_active(example, evaluations)]
    if example.training:
        lines += [*zero_gradients(evaluations), *identical_trajectories(case.session, example)]
    return lines


def dead_units(example: NetworkExample, evaluations: list[Evaluation]) -> Iterator[str]:
    """Hidden ReLU units that give 0 for every sample at every checkpoint."""
    for number, layer in enumerate(example.network.layers[:-1], 1):
        outputs = np.array([evaluation.outputs[number - 1] for evaluation in evaluations])
        is_of_units = layer.activation == "relu" and outputs.ndim == CHECKPOINTS_SAMPLES_UNITS
        dead = [str(unit + 1) for unit in range(outputs.shape[-1]) if is_of_units and not np.any(outputs[..., unit])]
        if dead:
            units = f"unit {', '.join(dead)} of {outputs.shape[-1]}"
            yield f"hidden layer {number}, dead from the start (no positive pre-activation): {units}"


def always_active(example: NetworkExample, evaluations: list[Evaluation]) -> Iterator[str]:
    """ReLU layers whose pre-activations are positive for every sample at every checkpoint."""
    for number, layer in enumerate(example.network.layers, 1):
        if layer.activation == "relu" and all(np.all(evaluation.outputs[number - 1] > 0) for evaluation in evaluations):
            yield f"layer {number}: ReLU is always active (every pre-activation is positive), the layer is linear"


def zero_gradients(evaluations: list[Evaluation]) -> Iterator[str]:
    """Parameters whose gradient is exactly zero at every checkpoint, and a stop epoch that therefore depends on no weight."""
    still = [
        f"layer {number} {name.replace('_', ' ')}"
        for number in range(1, len(evaluations[0].gradients) + 1)
        for name, array in evaluations[0].gradients[number - 1]._asdict().items()
        if array.size and not any(np.any(getattr(evaluation.gradients[number - 1], name)) for evaluation in evaluations)
    ]
    if still:
        yield f"the gradient of {', '.join(still)} is exactly zero throughout"
    if all(
        f"layer {number} kernel" in still for number, gradient in enumerate(evaluations[0].gradients, 1) if gradient.kernel.size
    ):
        yield "the epoch count does not depend on the weights at all: no kernel is ever updated, nor does any reach the output"


def identical_trajectories(session: Session, example: NetworkExample) -> Iterator[str]:
    """Other examples with other activations or losses whose certified trajectory is the same, digit for digit."""
    certified = committed_run(example)
    if certified is None or certified.stop_epoch is None:
        return
    for other in session.examples.values():
        known = committed_run(other) if other.id != example.id else None
        if known and known.stop_epoch == certified.stop_epoch and certified.same_parameters(known):
            yield f"numerically the same training as {other.id}"
