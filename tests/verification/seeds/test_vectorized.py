"""Many seeds at once: the arithmetic against the reference."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import flint
import numpy as np
import pytest

from adapters import Array, Parameters
from adapters.reference.training import Trainer
from reference.layer_types.parameters import Layer
from reference.losses import LOSSES
from reference.network import Design, backward, forward
from reference.optimization import gradient_descent
from verification.exact import arithmetic
from verification.seeds.setups import Setup, setup_of
from verification.seeds.vectorized import VectorizedTraining
from worked_examples import NetworkExample, load_all
from worked_examples.schema.layers.dense import DenseLayer as FixtureLayer

EXAMPLES = {name: example for name, example in load_all().items() if isinstance(example, NetworkExample)}
SEVERAL = {
    name: setup_of(EXAMPLES[name])
    for name in (
        "numpy-dnn/322_1",
        "numpy-dnn/323_1",
        "backprop-notes/xor-functional",
        "backprop-notes/xor-four-inputs",
        "backprop-notes/xor-functional-wide",
    )
}


def strings(array: Array) -> Any:
    """An array of floats as nested lists of decimal strings that are read back as the same floats."""
    return np.vectorize(repr, otypes=[object])(array.astype(object)).tolist()


def of_seed(vectorized: VectorizedTraining, seed: int) -> list[Parameters]:
    """The parameters of one seed, as the reference has them."""
    return [Parameters(layer.kernel[..., seed], layer.bias[..., seed]) for layer in vectorized.layers]


def example_of_seed(vectorized: VectorizedTraining, seed: int) -> NetworkExample:
    """321_1 with the parameters of one seed."""
    example = EXAMPLES["numpy-dnn/321_1"]
    layers = [
        FixtureLayer(kernel=strings(kernel), bias=strings(bias), activation=name)
        for (kernel, bias, *_), name in zip(of_seed(vectorized, seed), vectorized.setup.activations, strict=True)
    ]
    return example.model_copy(update={"network": example.network.model_copy(update={"layers": layers})})


def updated(setup: Setup, layers: list[Layer], samples: Iterable[int]) -> list[Layer]:
    """The layers after the reference's update with each of the samples in turn, in floats or (layers of balls) in balls."""
    read: Callable[[Any], Array] = arithmetic.balls if layers[0].kernel.dtype == object else np.asarray
    design = Design(setup.activations, setup.loss)
    for sample in samples:
        x, t = (read(np.array([rows[sample]])) for rows in (setup.inputs, setup.targets))
        gradients = backward(design, layers, x, forward(design, layers, x), t)
        layers = gradient_descent.update(layers, gradients.layers, read(np.array([float(setup.training.constant_rate)]))[0])
    return layers


def check(computed: list[Parameters], expected: Sequence[Sequence[Array]], balls: list[Layer]) -> None:
    """Both are float64 runs of the exact one, from which either may be off by the radius at 53 bits times ``SAFETY_FACTOR``."""
    for pair, other, ball_pair in zip(computed, expected, balls, strict=True):
        for a, b, ball in zip(pair, other, ball_pair, strict=True):
            bound = 2 * arithmetic.SAFETY_FACTOR * np.asarray(arithmetic.radius(ball), dtype=float)
            assert np.all(np.abs(a - b) <= bound)
            assert np.all(bound < 1e-9)


def test_one_sample_follows_the_reference(one_sample: Setup) -> None:
    """After 1 and after 100 epochs seeds 0 and 1 are where the reference's trainer is, as near as two float64 runs must."""
    vectorized = VectorizedTraining(one_sample, (0, 1), 0)
    trainers = [Trainer(example_of_seed(vectorized, seed), "float64") for seed in (0, 1)]
    balls = [[Layer(*layer) for layer in arithmetic.exactly(of_seed(vectorized, seed))] for seed in (0, 1)]
    for reached, epoch in ((0, 1), (1, 100)):
        for _ in range(reached, epoch):
            vectorized.epoch()
        for seed, trainer in enumerate(trainers):
            trainer.advance(epoch)
            with flint.ctx.workprec(arithmetic.BITS["float64"]):
                balls[seed] = updated(one_sample, balls[seed], [0] * (epoch - reached))
            check(of_seed(vectorized, seed), trainer.parameters(), balls[seed])


@pytest.mark.parametrize("setup", SEVERAL.values(), ids=list(SEVERAL))
@pytest.mark.parametrize("seed", [0, 1])
def test_several_samples_follow_the_reference(setup: Setup, seed: int) -> None:
    """One epoch over all samples is, within rounding, the reference's update called sample by sample in the same order."""
    vectorized = VectorizedTraining(setup, (0, 1), 1)
    layers = [Layer(*layer) for layer in of_seed(vectorized, seed)]
    balls = [Layer(*layer) for layer in arithmetic.exactly(of_seed(vectorized, seed))]
    order = vectorized.epoch().order
    samples = order[:, seed % order.shape[1]]
    with flint.ctx.workprec(arithmetic.BITS["float64"]):
        check(of_seed(vectorized, seed), updated(setup, layers, samples), updated(setup, balls, samples))


@pytest.mark.parametrize("loss", ["half squared error", "mean squared error", "cross entropy"])
@pytest.mark.parametrize("activations", [("tanh", "sigmoid"), ("relu", "softmax"), ("sigmoid", "softmax")])
def test_a_full_batch_follows_the_reference(loss: str, activations: tuple[str, str], shortened: Callable[..., Setup]) -> None:
    """Every loss and activation, all samples in one update: layers, outputs and loss of both seeds are the reference's."""
    targets = np.eye(4)[np.arange(10) % 4]
    full = shortened(SEVERAL["numpy-dnn/322_1"], batch_size="full")
    setup = full._replace(activations=activations, loss=loss, targets=targets)
    vectorized, design = VectorizedTraining(setup, (0, 1), 1), Design(activations, loss)
    before = [[Layer(*pair) for pair in of_seed(vectorized, seed)] for seed in (0, 1)]
    epoch = vectorized.epoch()
    for seed, layers in enumerate(before):
        signals = forward(design, layers, setup.inputs)
        gradients = backward(design, layers, setup.inputs, signals, targets).layers
        expected = gradient_descent.update(layers, gradients, float(setup.training.constant_rate))
        np.testing.assert_allclose(epoch.by_sample()[..., seed], signals.outputs[-1], rtol=1e-12)
        np.testing.assert_allclose(epoch.loss[seed], LOSSES[loss].value(signals.outputs[-1], targets), rtol=1e-12)
        for pair, other in zip(of_seed(vectorized, seed), expected, strict=True):
            np.testing.assert_allclose(pair.kernel, other.kernel, rtol=1e-10, atol=1e-14)
            np.testing.assert_allclose(pair.bias, other.bias, rtol=1e-10, atol=1e-14)


def test_biases_that_are_not_trained_stay(one_sample: Setup, shortened: Callable[..., Setup]) -> None:
    """Kernels move, biases do not."""
    vectorized = VectorizedTraining(shortened(one_sample, trainable=["kernel"]), (0,), 0)
    before = of_seed(vectorized, 0)
    vectorized.epoch()
    for old, new in zip(before, of_seed(vectorized, 0), strict=True):
        assert np.array_equal(old.bias, new.bias)
        assert not np.array_equal(old.kernel, new.kernel)


def test_an_epoch_gives_outputs_and_loss_before_the_update(one_sample: Setup) -> None:
    """Output and loss of a sample are those of the parameters before its own update, as the reference computes them."""
    vectorized = VectorizedTraining(one_sample, (0, 1), 0)
    examples = [example_of_seed(vectorized, seed) for seed in (0, 1)]
    epoch = vectorized.epoch()
    for seed, example in enumerate(examples):
        exact = arithmetic.evaluate(example, None, arithmetic.EXACT)
        bound = arithmetic.bounds(example, None, "float64")
        outputs, loss = (arithmetic.balls(array.astype(object)) for array in (epoch.outputs[..., seed], epoch.loss[seed]))
        assert np.all(np.asarray(arithmetic.distance(outputs, exact.outputs[-1]), dtype=float) <= bound.outputs[-1])
        assert float(arithmetic.distance(exact.loss, loss)) <= bound.loss


def test_outputs_are_sorted_by_sample(xor: Setup) -> None:
    """The outputs of a shuffled epoch are returned in the order of the page, whatever the order of the updates."""
    epoch = VectorizedTraining(xor, range(5), 1).epoch()
    for seed in range(5):
        for position, sample in enumerate(epoch.order[:, seed]):
            assert epoch.by_sample()[sample, 0, seed] == epoch.outputs[position, 0, seed]
    assert len({tuple(order) for order in epoch.order.T}) > 1


def test_the_seeds_that_are_kept_train_as_before(one_sample: Setup) -> None:
    """Without its neighbours a seed takes the same trajectory, bit for bit."""
    both, second_alone = (VectorizedTraining(one_sample, (0, 1), 0) for _ in range(2))
    second_alone.keep(np.array([False, True]))
    assert np.array_equal(both.epoch().outputs[..., 1], second_alone.epoch().outputs[..., 0])
    assert np.array_equal(both.predict()[..., 1], second_alone.predict()[..., 0])


def test_orders_go_on_for_the_seeds_that_are_kept(swap_shuffled: Setup) -> None:
    """A seed's order does not depend on the seeds beside it."""
    both, second_alone = (VectorizedTraining(swap_shuffled, (0, 1), 3) for _ in range(2))
    both.epoch()
    second_alone.epoch()
    second_alone.keep(np.array([False, True]))
    assert np.array_equal(both.epoch().order[:, 1:], second_alone.epoch().order)
    assert second_alone.n_seeds == 1
