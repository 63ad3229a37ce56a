"""The content of certified files, recomputed where that is cheap."""

import pytest

from verification.certification.build import VOLATILE
from verification.certification.files import read
from verification.certification.recompute import certified_table
from worked_examples import NetworkExample, load_all

CHEAP = ("numpy-dnn/314_1", "numpy-dnn/matrix-2x2", "ours/one-by-one")
EXAMPLES = load_all()


@pytest.mark.parametrize("name", CHEAP)
def test_the_committed_values_are_recomputed(name: str) -> None:
    """One with a training, one without, one of several updates an epoch: all keys but versions and seconds are as committed."""
    example, committed = EXAMPLES[name], read(name)
    assert isinstance(example, NetworkExample)
    assert committed
    table = certified_table(example, lambda _: None)
    assert table.keys() == committed.table.keys()
    assert {key for key in table if table[key] != committed.table[key]} <= set(VOLATILE)


def test_only_several_updates_an_epoch_need_epoch_losses() -> None:
    """Where an epoch is one update, the criterion compares the evaluated loss."""
    assert {name: "epoch_losses" in run.table for name in CHEAP if (run := read(name))} == dict(
        zip(CHEAP, (False, False, True), strict=True)
    )
