"""The placement of drawn results among seeds: its arithmetic against the reference."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import flint
import numpy as np
import pytest

from adapters import Array, Parameters
from adapters.reference.training import Trainer
from reference.network import Design, Layer, backward, forward
from reference.optimization import gradient_descent
from verification import exact_arithmetic
from verification.seeds import trainings
from verification.seeds.trainings import segments, xor
from verification.seeds.vectorized import Setup, VectorizedTraining, random_start, swapped
from worked_examples import NetworkExample

ONE = segments("sequential", slice(2, 3))
SEVERAL = {
    "in order": segments("sequential"),
    "swap shuffle": segments("swap shuffle"),
    "xor": xor(2, 2),
    "padded": xor(4, 2),
    "wide": xor(2, 3),
}


def silent(text: str) -> None:
    """Report nothing."""


def strings(array: Array) -> Any:
    """An array of floats as nested lists of decimal strings that are read back as the same floats."""
    return np.vectorize(repr, otypes=[object])(array.astype(object)).tolist()


def example(setup: Setup, seed: int, pattern: int, threshold: float = 1e-9) -> NetworkExample:
    """The training of one seed on one pattern, as a fixture."""
    kernels = random_start(setup, seed, 0)[0]
    layers = [
        {"kernel": strings(kernel), "bias": ["0"] * kernel.shape[1], "activation": name}
        for kernel, name in zip(kernels, setup.activations, strict=True)
    ]
    stop = {"loss_below": repr(threshold)}
    table: dict[str, Any] = {
        "kind": "network",
        "id": f"ours/seed-{seed}",
        "title": "one seed",
        "provenance": "ours",
        "source": {"document": "ours", "section": "tests"},
        "network": {"layers": layers, "loss": "half squared error"},
        "data": {"input": strings(np.array([setup.inputs[pattern]])), "target": strings(np.array([setup.targets[pattern]]))},
        "training": {"optimizer": "gradient descent", "learning_rate": repr(setup.rate), "max_epochs": 10_000, "stop": stop},
    }
    return NetworkExample.model_validate(table)


def of_seed(course: VectorizedTraining, seed: int) -> list[Parameters]:
    """The parameters of one seed of a course, as the reference has them."""
    return [Parameters(layer.kernel[..., seed], layer.bias[..., seed]) for layer in course.layers]


def learnt(setup: Setup, layers: list[Layer], samples: Iterable[int]) -> list[Layer]:
    """The layers after the reference's update with each of the patterns in turn, in floats or (layers of balls) in balls."""
    read: Callable[[Any], Array] = exact_arithmetic.balls if layers[0].kernel.dtype == object else np.asarray
    design = Design(setup.activations, "half squared error")
    for pattern in samples:
        x, t = (read(np.array([rows[pattern]])) for rows in (setup.inputs, setup.targets))
        gradients = backward(design, layers, x, forward(design, layers, x), t)
        layers = gradient_descent.update(layers, gradients.layers, read(np.array([setup.rate]))[0])
    return layers


def check(found: list[Parameters], expected: Sequence[tuple[Array, Array]], balls: list[Layer]) -> None:
    """Both are float64 courses of the exact one, from which either may be off by the radius at 53 bits times ``oracle.SLACK``."""
    for one, other, ball in zip(found, expected, balls, strict=True):
        for a, b, c in zip(one, other, ball, strict=True):
            bound = 2 * exact_arithmetic.SLACK * np.asarray(exact_arithmetic.radius(c), dtype=float)
            assert np.all(np.abs(a - b) <= bound)
            assert np.max(bound) < 1e-9


def test_one_pattern_follows_the_reference() -> None:
    """After 1 and after 100 epochs seeds 0 and 1 stand where the reference's trainer does, as near as two float64 runs must."""
    course = VectorizedTraining(ONE, (0, 1), 0)
    trainers = [Trainer(example(ONE, seed, 0), "float64") for seed in (0, 1)]
    balls = [[Layer(*layer) for layer in exact_arithmetic.exactly(of_seed(course, seed))] for seed in (0, 1)]
    for reached, epoch in ((0, 1), (1, 100)):
        for _ in range(reached, epoch):
            course.epoch()
        for seed, trainer in enumerate(trainers):
            trainer.advance(epoch)
            with flint.ctx.workprec(exact_arithmetic.BITS["float64"]):
                balls[seed] = learnt(ONE, balls[seed], [0] * (epoch - reached))
            check(of_seed(course, seed), trainer.parameters(), balls[seed])


@pytest.mark.parametrize("setup", SEVERAL.values(), ids=list(SEVERAL))
@pytest.mark.parametrize("seed", [0, 1])
def test_several_patterns_follow_the_reference(setup: Setup, seed: int) -> None:
    """One epoch over all patterns is, within rounding, the reference's update called pattern by pattern in the same order."""
    course = VectorizedTraining(setup, (0, 1), 1)
    layers = [Layer(*pair) for pair in of_seed(course, seed)]
    balls = [Layer(*pair) for pair in exact_arithmetic.exactly(of_seed(course, seed))]
    order = course.epoch().order
    samples = order[:, seed % order.shape[1]]
    with flint.ctx.workprec(exact_arithmetic.BITS["float64"]):
        check(of_seed(course, seed), learnt(setup, layers, samples), learnt(setup, balls, samples))


def test_a_pass_gives_outputs_and_error_before_the_update() -> None:
    """Output and error of a pattern are those of the weights before its own update, as the reference computes them."""
    now = VectorizedTraining(ONE, (0, 1), 0).epoch()
    for seed in (0, 1):
        one = example(ONE, seed, 0)
        exact, bound = exact_arithmetic.evaluate(one, None, exact_arithmetic.EXACT), exact_arithmetic.bounds(one, None, "float64")
        ball = exact_arithmetic.distance(exact_arithmetic.balls(now.outputs[..., seed].astype(object)), exact.outputs[-1])
        assert np.all(np.asarray(ball, dtype=float) <= bound.outputs[-1])
        assert float(exact_arithmetic.distance(exact.loss, exact_arithmetic.balls(now.error[seed]))) <= bound.loss


def test_the_stop_is_the_reference_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """The epoch where a seed stops is the reference's count of updates and one more, though the seeds stop at different epochs."""
    monkeypatch.setattr(trainings, "STOP", 0.2)
    found = trainings.stop(ONE, 3, silent)
    counts = [Trainer(example(ONE, seed, 0, 0.2), "float64").advance(10_000).epoch + 1 for seed in range(3)]
    assert found["epoch"].tolist() == counts
    assert len(set(counts)) == 3
    assert np.all((found["error"] < 0.2) & (found["error"] > 0.19))


def test_a_seed_that_never_stops_has_no_last_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the limit comes first, the epoch is infinite and output and error are missing."""
    monkeypatch.setattr(trainings, "LIMIT", 3)
    found = trainings.stop(ONE, 2, silent)
    assert np.all(np.isinf(found["epoch"]))
    assert np.all(np.isnan(found["output"]))
    assert np.all(np.isnan(found["error"]))
    assert not np.any(found["dead"])


def test_a_seed_is_dead_where_no_hidden_unit_has_a_positive_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 300 seeds those are dead at the start whose drawn kernel gives no positive sum on the pattern; there are some."""
    monkeypatch.setattr(trainings, "LIMIT", 1)
    sums = [np.array(ONE.inputs) @ random_start(ONE, seed, 0)[0][0] for seed in range(300)]
    dead = [not np.any(of_seed_ > 0) for of_seed_ in sums]
    assert trainings.stop(ONE, 300, silent)["dead"].tolist() == dead
    assert any(dead)


def test_the_shuffle_is_the_book_s() -> None:
    """The swaps of all seeds at once are those of the plain loop over positions, and go on from the order before."""
    setup = segments("swap shuffle")
    course, places = VectorizedTraining(setup, (0, 1, 2), 4), [random_start(setup, seed, 4)[1] for seed in range(3)]
    plain = [list(range(10)) for _ in places]
    for epoch in range(4):
        for order, of_seed_ in zip(plain, places, strict=True):
            for position, place_ in enumerate(of_seed_[epoch]):
                order[position], order[place_] = order[place_], order[position]
        assert next(course.orders).T.tolist() == plain
    assert swapped(np.array([[0], [1]]), np.array([[1], [1]])).tolist() == [[1], [0]]


def test_outputs_are_sorted_by_pattern() -> None:
    """The outputs of a shuffled pass are returned in the order of the page, whatever the order they were learnt in."""
    now = VectorizedTraining(xor(2, 2), range(5), 1).epoch()
    for seed in range(5):
        for place_, pattern in enumerate(now.order[:, seed]):
            assert now.by_pattern()[pattern, 0, seed] == now.outputs[place_, 0, seed]
    assert len({tuple(order) for order in now.order.T}) > 1


def test_the_last_pass_is_that_of_the_last_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is that of the last epoch; a seed whose training the program itself would have ended earlier is an error."""
    setup = segments("swap shuffle")
    monkeypatch.setattr(trainings, "EPOCHS", 3)
    course = VectorizedTraining(setup, (0, 1), 3)
    last = [course.epoch().by_pattern() for _ in range(3)][-1]
    assert np.array_equal(trainings.last_pass.__wrapped__(setup, 2, silent), last)
    monkeypatch.setattr(trainings, "STOP", 100.0)
    with pytest.raises(ArithmeticError, match="epoch 1"):
        trainings.last_pass.__wrapped__(setup, 2, silent)
