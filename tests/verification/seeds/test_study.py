"""What a study reads from the fixtures."""

import pytest

from verification.seeds.study import SeedResults, SeedStudy, network, snapshots
from worked_examples import FixtureError


def test_printed_snapshots_have_epoch_loss_and_outputs() -> None:
    """Both consoles of 321_1, in the order of print."""
    start, end = snapshots("numpy-dnn/321_1")
    assert (start.epoch, start.loss, start.outputs) == ("1", "0.5003", (("0.4955", "0.5135", "0.4960", "0.4873"),))
    assert (end.epoch, end.loss) == ("27818", "0.0001")


def test_the_epoch_of_a_block_serves_where_none_is_printed() -> None:
    """The table of 322_1 prints no epoch and no loss."""
    (table,) = snapshots("numpy-dnn/322_1")
    assert (table.epoch, table.loss, len(table.outputs)) == ("10000", "", 10)


def test_a_study_trains_the_networks_of_its_examples_in_its_own_order() -> None:
    """Its order replaces that of the fixtures."""
    names = ("backprop-notes/xor-functional", "backprop-notes/xor-functional-wide")
    study = SeedStudy(names, {}, lambda _: SeedResults([], {}), "permutation")
    assert [(setup.label, setup.order) for setup in study.setups] == [("2-2-1", "permutation"), ("2-3-1", "permutation")]


def test_an_example_of_another_kind_is_refused() -> None:
    """Only networks are trained."""
    with pytest.raises(FixtureError, match="'numpy-dnn/321_2' is not a network"):
        network("numpy-dnn/321_2")
