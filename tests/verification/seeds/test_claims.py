"""The fraction of seeds for which a sentence holds."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from verification.seeds.claims import Study, fractions, of_blocks, stated
from verification.seeds.setups import setup_of
from verification.seeds.trainings import Snapshot
from worked_examples import FixtureError, NetworkExample
from worked_examples.schema.unreproducible import SeedClaim, SeedRuns

Networks = Callable[[str], NetworkExample]
LINES = "error[0] < same_seed('numpy-dnn/322_1')['error'][0]"
PAIRS = "len([1 for run in all_seeds('other/one') if run['error'][0] <= error[0]]) / len(all_seeds('other/one'))"


def study(example: NetworkExample, *errors: float, epoch: float = 1.0, dead: float = 0.0) -> Study:
    """Seeds whose every output is so far from its target, at every moment."""
    setup = setup_of(example)
    output = setup.targets[..., np.newaxis] + np.array(errors)
    full = np.full(len(errors), epoch)
    snapshot = Snapshot(full, np.array(errors) ** 2, output, np.full(len(errors), dead))
    return Study(example, setup, [snapshot] * len(setup.moments))


def claiming(example: NetworkExample, test: str) -> NetworkExample:
    """An example with one claim."""
    return example.model_copy(update={"seeds": SeedRuns(claims=[SeedClaim(says="it holds", test=test)])})


def nothing(example_id: str) -> Any:
    """No other example is there."""
    raise FixtureError(f"{example_id}: no such file")


@pytest.mark.parametrize(
    ("test", "fraction"),
    [
        (LINES, 1 / 3),
        (PAIRS.replace("other/one", "numpy-dnn/322_1"), 5 / 9),
        ("error[0] > 0.02 and loss[0] > 0.02", 2 / 3),
        ("epoch[0] == 1", 1.0),
        ("output[0][0][0] - target[0][0] > 0.25", 1 / 3),
    ],
)
def test_a_sentence_is_tested_on_every_seed(test: str, fraction: float, network: Networks) -> None:
    """With the same seed of another example, with all of its seeds, and with the seed's own numbers."""
    mine, other = (
        study(claiming(network("numpy-dnn/323_1"), test), 0.1, 0.2, 0.3),
        study(network("numpy-dnn/322_1"), 0.19, 0.15, 0.25),
    )
    ((says, held),) = stated(mine, lambda _: other)
    assert says == "it holds"
    assert held == pytest.approx(fraction)


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ("error[0] / 0", "'error[0] / 0' has no value: ZeroDivisionError: float division by zero"),
        ("error", "neither a truth value nor a number from 0 to 1"),
        ("2", "neither a truth value nor a number from 0 to 1"),
        ("same_seed('a/b')['error']", "'same_seed('a/b')['error']' has no value: FixtureError: a/b: no such file"),
    ],
)
def test_a_test_without_a_fraction_is_refused(test: str, message: str, network: Networks) -> None:
    """One line with the key."""
    with pytest.raises(FixtureError) as raised:
        list(stated(study(claiming(network("numpy-dnn/323_1"), test), 0.1), nothing))
    assert str(raised.value).partition("323_1.toml: seeds.claims[0].test: ")[2] == message


def test_every_block_leads_to_sentences(network: Networks) -> None:
    """A table of several samples: whether every output is right; a stop: whether it comes, and whether dead units prevent it."""
    table = dict(of_blocks(study(network("numpy-dnn/322_1"), 0.1, 0.6)))
    assert table == {"epoch 10,000: every output is on its target's side of 0.5": 0.5}
    stop = dict(of_blocks(study(network("numpy-dnn/321_1"), 0.1, epoch=np.inf, dead=1.0)))
    assert stop == {
        "training stops within 1,000,000 epochs": 0.0,
        "training never stops: all ReLU units of the first layer are dead": 1.0,
    }


def test_the_fixture_s_own_sentences_come_last(network: Networks) -> None:
    """After those of its blocks."""
    mine = study(claiming(network("numpy-dnn/323_1"), "error[0] < 1"), 0.1)
    assert [says for says, _ in fractions(mine, nothing)][-1] == "it holds"
