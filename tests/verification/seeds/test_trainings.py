"""The trainings of some seeds, cut short."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters.reference.training import Trainer
from verification.seeds.random_numbers import random_start
from verification.seeds.setups import AT_STOP, Moment, Setup
from verification.seeds.trainings import as_columns, from_columns, outputs_after, snapshots
from verification.seeds.vectorized import VectorizedTraining
from worked_examples import NetworkExample
from worked_examples.schema.layers.dense import DenseLayer
from worked_examples.schema.recipe import exact_texts
from worked_examples.schema.trainings.stopping import StoppingCriterion

Silent = Callable[[str], None]
Shortened = Callable[..., Setup]
BEFORE, AFTER = (Moment(2, after) for after in (False, True))


def of_seed(example: NetworkExample, setup: Setup, seed: int, criterion: StoppingCriterion) -> NetworkExample:
    """An example with the parameters of one seed and another stopping criterion."""
    layers = [
        DenseLayer(kernel=exact_texts(kernel), bias=exact_texts(bias), activation=name)
        for (kernel, bias, *_), name in zip(random_start(setup, seed, 0)[0], setup.activations, strict=True)
    ]
    training = setup.training.model_copy(update={"stopping_criterion": criterion})
    network = example.network.model_copy(update={"layers": layers})
    return example.model_copy(update={"network": network, "training": training})


@pytest.mark.parametrize("key", ["loss_below", "loss_at_most"])
def test_the_stop_is_the_reference_s(
    key: str, network: Callable[[str], NetworkExample], one_sample: Setup, shortened: Shortened, silent: Silent
) -> None:
    """The epoch where a seed stops is the reference's count of updates and one more, though the seeds stop at different epochs."""
    criterion = StoppingCriterion.model_validate({key: "0.2"})
    (stopped,) = snapshots(shortened(one_sample, AT_STOP, stopping_criterion=criterion), range(3), silent)
    examples = [of_seed(network("numpy-dnn/321_1"), one_sample, seed, criterion) for seed in range(3)]
    counts = [Trainer(example, "float64").advance(10_000).epoch + 1 for example in examples]
    assert stopped.epoch.tolist() == counts
    assert len(set(counts)) == 3
    assert np.all((stopped.loss < 0.2) & (stopped.loss > 0.19))


def test_a_seed_that_never_stops_has_no_last_output(one_sample: Setup, shortened: Shortened, silent: Silent) -> None:
    """Where the last epoch comes first, the epoch is infinite and output and loss are missing."""
    (stopped,) = snapshots(shortened(one_sample, AT_STOP, max_epochs=3), range(2), silent)
    assert np.all(np.isinf(stopped.epoch))
    assert np.all(np.isnan(stopped.output))
    assert np.all(np.isnan(stopped.loss))
    assert not np.any(stopped.dead_units)


def test_a_seed_has_only_dead_units_where_no_pre_activation_is_positive(
    one_sample: Setup, shortened: Shortened, silent: Silent
) -> None:
    """Of 300 seeds these are, at the start, those whose kernel gives no positive pre-activation on the sample; there are some."""
    dead = [not np.any(one_sample.inputs @ random_start(one_sample, seed, 0)[0][0].kernel > 0) for seed in range(300)]
    (stopped,) = snapshots(shortened(one_sample, AT_STOP, max_epochs=1), range(300), silent)
    assert stopped.dead_units.tolist() == dead
    assert any(dead)


def test_outputs_are_taken_before_or_after_the_updates_of_an_epoch(
    swap_shuffled: Setup, shortened: Shortened, silent: Silent
) -> None:
    """Before: each just before the update with its own sample; after: of the parameters then; 0, after: of the initial ones."""
    setup = shortened(swap_shuffled, Moment(0, after_update=True), BEFORE, AFTER)
    initial, before, after = snapshots(setup, (0, 1), silent)
    training = VectorizedTraining(setup, (0, 1), 2)
    assert np.array_equal(initial.output, training.predict())
    training.epoch()
    second = training.epoch()
    assert np.array_equal(before.output, second.by_sample())
    assert np.array_equal(before.loss, second.loss)
    assert np.array_equal(after.output, training.predict())
    targets = setup.targets[..., np.newaxis]
    np.testing.assert_allclose(after.loss, ((after.output - targets) ** 2).sum(axis=(0, 1)) / 2, rtol=1e-12)
    assert (initial.epoch[0], before.epoch[0], after.epoch[0]) == (0, 2, 2)


def test_what_comes_behind_a_stop_is_missing(one_sample: Setup, shortened: Shortened, silent: Silent) -> None:
    """A training of one update an epoch that stops has no numbers after its last epoch's update, and none of later epochs."""
    setup = shortened(one_sample, AFTER, Moment(1, after_update=True), stopping_criterion=StoppingCriterion(loss_below="100"))
    second, first = snapshots(setup, (0, 1), silent)
    assert np.isnan(second.output).all()
    assert np.isnan(first.output).all()


def test_a_seed_that_stops_after_several_updates_has_them_all(swap_shuffled: Setup, shortened: Shortened, silent: Silent) -> None:
    """There the criterion is tested after the epoch."""
    setup = shortened(swap_shuffled, Moment(1, after_update=True), stopping_criterion=StoppingCriterion(loss_below="100"))
    (first,) = snapshots(setup, (0, 1), silent)
    assert np.array_equal(first.output, outputs_after(setup, (0, 1), 1))


def test_a_seed_s_numbers_do_not_depend_on_the_others(xor: Setup, shortened: Shortened, silent: Silent) -> None:
    """Trained together or in parts, the table is the same, bit for bit."""
    setup = shortened(xor, BEFORE, AFTER)
    together = as_columns(snapshots(setup, range(5), silent))
    parts = [as_columns(snapshots(setup, seeds, silent)) for seeds in (range(2), range(2, 5))]
    assert np.array_equal(together, np.concatenate(parts, axis=1))


def test_a_table_gives_its_snapshots_again(xor: Setup, shortened: Shortened, silent: Silent) -> None:
    """Field by field."""
    setup = shortened(xor, BEFORE, AFTER)
    taken = snapshots(setup, range(3), silent)
    for snapshot, again in zip(taken, from_columns(setup, as_columns(taken)), strict=True):
        for field, other in zip(snapshot, again, strict=True):
            assert np.array_equal(field, other)
