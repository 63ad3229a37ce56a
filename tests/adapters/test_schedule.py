"""Training on several patterns: their order, the sum that the stop rule is asked of, biases that stay, what is drawn."""

from pathlib import Path

import numpy as np
import pytest

from adapters import ENGINES
from adapters.schedule import of_epoch, sample_order, schedule
from reference.shuffling import shuffled
from verification import session
from verification.certification.files import certified_run, is_certifiable
from verification.checks.unreproducible import check_unreproducible, interval, loss_of, shortest_float32
from verification.session import Case, run
from worked_examples import FixtureError, NetworkExample, load, load_all
from worked_examples.schema.seeded import RandomLayers

EXAMPLES = load_all()


def network(name: str) -> NetworkExample:
    """An example that is a network."""
    example = EXAMPLES[name]
    assert isinstance(example, NetworkExample)
    return example


def test_the_shuffle_swaps_each_position_with_a_drawn_one() -> None:
    """By hand, from the draws 1, 0, 2, 0 and 3, 3, 3, 3, which Python promises for this seed: the list is kept across epochs."""
    assert list(shuffled(4, 2, seed=1)) == [[3, 1, 2, 0], [0, 3, 1, 2]]
    assert all(sorted(order) == list(range(10)) for order in shuffled(10, 50, seed=2))


def test_a_given_order_is_the_same_in_every_epoch() -> None:
    """One row stands for all epochs where the order is given; a shuffled schedule begins again after the book's last epoch."""
    given, moved = sample_order(network("numpy-dnn/322_1")), sample_order(network("numpy-dnn/323_1"))
    assert given is not None
    assert moved is not None
    assert given.tolist() == [list(range(10))]
    assert moved.shape == (10_000, 10)
    assert of_epoch(moved, 10_000).tolist() == moved[0].tolist()
    assert sample_order(network("linear-algebra/cheese-batch")) is None
    assert schedule(3, 2, None).tolist() == [[0, 1, 2]]


def by_hand(example: NetworkExample) -> tuple[int, float, float, float]:
    """Epochs, kernel, bias and sum of losses at the stop of ``ours/one-by-one``: two patterns, one weight, plain arithmetic."""
    samples, weight, bias, epoch, rows = ((1, 2), (2, 4)), 0.5, 0.25, 0, sample_order(example)
    assert rows is not None
    while True:
        total = 0.0
        for one in rows[epoch]:
            x, t = samples[one]
            error = x * weight + bias - t
            total += error * error / 2
            weight, bias = weight - 0.125 * error * x, bias - 0.125 * error
        epoch += 1
        if total < 0.01:
            return epoch, weight, bias, total


@pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "eager"])
@pytest.mark.parametrize("name", ENGINES)
def test_the_stop_rule_is_asked_of_the_sum_before_the_updates(name: str, compiled: bool) -> None:
    """Training stops after the epoch whose losses, each taken before its own update, sum to less than the threshold.

    Against plain arithmetic on two numbers; all operations are the same few, and the map contracts, so that 1e-13 is 100 times the
    rounding of an epoch.
    """
    example = network("ours/one-by-one")
    epoch, weight, bias, total = by_hand(example)
    finished = run(Case(example, name), compiled)
    assert finished.stop == epoch
    (pair,) = finished.parameters[epoch]
    assert abs(float(pair.kernel[0, 0]) - weight) <= 1e-13
    assert abs(float(pair.bias[0]) - bias) <= 1e-13
    assert abs(float(finished.losses[epoch]) - total) <= 1e-13


@pytest.mark.parametrize("name", ENGINES)
def test_a_restored_training_does_not_stop_on_an_old_sum(name: str) -> None:
    """A trainer restored to an epoch has measured nothing yet: it makes the next pass, and stops where the first run stopped."""
    trainer = Case(network("ours/one-by-one"), name).adapter.trainer(network("ours/one-by-one"), "float64", compiled=False)
    start, stop = trainer.parameters(), trainer.advance(100).epoch
    assert trainer.advance(100).epoch == stop
    trainer.restore(0, start)
    assert trainer.advance(100).epoch == stop


@pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "eager"])
@pytest.mark.parametrize("name", ENGINES)
def test_fixed_biases_stay(name: str, compiled: bool) -> None:
    """Where biases do not train they keep their value bit for bit, while every kernel moves; their gradient is still reported."""
    case = Case(network("backprop-notes/network-class"), name)
    trainer = case.adapter.trainer(case.example, "float64", compiled)
    before = trainer.parameters()
    trainer.advance(3)
    for old, new, slope in zip(before, trainer.parameters(), case.evaluate().gradients, strict=True):
        assert np.array_equal(old.bias, new.bias)
        assert np.all(old.kernel != new.kernel)
        assert np.all(slope.bias != 0)


def test_drawn_kernels_are_the_listing_s() -> None:
    """The listing's own calls after np.random.seed give the drawn kernels, bit for bit."""
    drawn = RandomLayers(seed=1, units=[7, 8, 4], activations=["relu", "sigmoid"], kernels=["he", "lecun"]).draw()
    np.random.seed(1)  # noqa: NPY002 -- as in the listing
    first, second = np.random.randn(7, 8) / np.sqrt(7 / 2), np.random.randn(8, 4) / np.sqrt(8)  # noqa: NPY002 -- as in the listing
    for kernel, (strings, bias, _) in zip((first, second), drawn, strict=True):
        assert np.array_equal(np.array(strings, dtype=float), kernel)
        assert set(bias) == {"0"}


def test_glorot_s_uniform_kernels_keep_to_their_limits() -> None:
    """Uniform kernels lie within sqrt(6 / (inputs + outputs)), and come near it."""
    ((kernel, _, _),) = RandomLayers(seed=1, units=[50, 30], activations=["sigmoid"], kernels=["glorot uniform"]).draw()
    limit, greatest = np.sqrt(6 / 80), np.abs(np.array(kernel, dtype=float)).max()
    assert 0.99 * limit < greatest < limit


def test_drawn_data_are_float64_of_the_stated_shapes() -> None:
    """Drawn inputs and targets come from one stream, inputs first; a larger draw begins with the same inputs."""
    data = network("numpy-dnn/324_1").data
    assert data.random is not None
    x, t = data.numbers("float64")
    assert (x.shape, t.shape) == data.shapes
    more = data.random.model_copy(update={"patterns": data.samples + 5})
    more.__dict__.pop("arrays", None)
    assert np.array_equal(more.arrays[0][: data.samples], x)
    assert float(data.numbers("ball")[0][0, 0].mid()) == x[0, 0]


def test_no_large_net_is_called_certified() -> None:
    """A net of more parameters than are written down has no certified file; its every epoch is checked by itself."""
    example = network("numpy-dnn/324_1")
    assert not is_certifiable(example)
    assert certified_run(example) is None
    finished = run(Case(example, "reference"))
    assert sorted(finished.parameters) == list(range(finished.epochs + 1))


def test_printed_outputs_bound_the_loss() -> None:
    """Outputs printed to four decimals admit an interval of losses, and the printed loss lies in it."""
    admitted = loss_of(["0.4955", "0.5135", "0.4960", "0.4873"], ["0", "0", "1", "0"])
    assert admitted.meets(interval("0.5003"))
    assert not admitted.meets(interval("0.5006"))
    assert shortest_float32("0.905")
    assert not shortest_float32("0.123456789")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[0.0070 0.0073 0.9927 0.0066]]", "[[0.0070 0.0073 0.4927 0.0066]]", "solved = true, but the outputs are "),
        ("Error = 0.5003", "Error = 0.5013", "printed 0.5013"),
        ("Error = 0.0001\n", "Error = 0.0003\n", "the loss where training stops is 0.0003, not below 0.0001"),
        ("[[0.4955 0.5135 ", "[[0.4955 1.5135 ", "no probability: ['1.5135']"),
    ],
)
def test_a_printed_run_that_contradicts_itself_fails(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A drawn block whose numbers cannot be true together is reported with what does not fit."""
    text = network("numpy-dnn/321_1").file.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "numpy-dnn" / "321_1.toml"
    file.parent.mkdir()
    file.write_text(text.replace(old, new), encoding="utf-8")
    example = load(file)
    assert isinstance(example, NetworkExample)
    with pytest.raises(pytest.fail.Exception) as caught:
        check_unreproducible(Case(example, "reference"), {})
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "seed = 1\n\n[training.stopping_criterion]",
            "\n[training.stopping_criterion]",
            "seed: a shuffled order, and only that, needs a seed",
        ),
        ('batch = "one"', 'batch = "all"', 'order: "swap shuffle" needs batch = "one"; all patterns in one update have no order'),
        ('batch = "one"', 'batch = "two"', "training.batch_size: 'two' is not a batch; accepted: all, one"),
        ("units = [7, 8, 4]", "units = [7, 4]", "network.random: 1 layers, 2 activations, 2 distributions"),
        ("units = [7, 8, 4]", "units = [6, 8, 4]", "data: 7 inputs and 4 targets, but the network has 6 and 4"),
        ('O = "output"', "", "unreproducible_results[0].text: 'O' has no entry in [names]; known: epoch, T"),
    ],
)
def test_what_does_not_fit_together_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A fixture whose training, draws or names do not fit together is refused, with the key."""
    text = network("numpy-dnn/323_1").file.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "numpy-dnn" / "323_1.toml"
    file.parent.mkdir()
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FixtureError) as caught:
        load(file)
    assert message in str(caught.value)


def test_the_epochs_of_both_forms_are_counted() -> None:
    """A training without a stop rule ends at its last epoch, with the one before recorded too."""
    finished = session.run(Case(network("linear-algebra/cheese"), "reference"))
    assert (finished.stop, finished.epochs) == (None, 100)
    assert {99, 100} <= set(finished.parameters)
