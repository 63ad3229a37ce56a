"""The files of networks on given data against their fixtures, without the long trainings."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from verification.progress import ProgressLines
from verification.seeds import network_study
from verification.seeds.network_study import EARLY, Studies, early_outputs, network_file
from verification.seeds.seed_files import committed_seeds, folder_of, unfinished_path
from verification.seeds.setups import setup_of
from worked_examples import FixtureError, NetworkExample, load_all
from worked_examples.loading import ROOT, load
from worked_examples.schema.trainings.stopping import StoppingCriterion

NETWORKS = {
    name: example for name, example in load_all().items() if isinstance(example, NetworkExample) and example.unreproducible_results
}
Short = Callable[[str], NetworkExample]


@pytest.fixture
def short(tmp_path: Path) -> Short:
    """A copy of an example of ours elsewhere, whose training ends after 3 epochs."""

    def shortened(name: str) -> NetworkExample:
        text = (ROOT / f"{name}.toml").read_text(encoding="utf-8")
        for epochs in ("1000000", "10000", "3000"):
            text = text.replace(f"epochs = {epochs}\n", "epochs = 3\n").replace(f"epoch = {epochs}\n", "epoch = 3\n")
        text = text.replace('loss_below = "0.0001"', 'loss_below = "0.6"')
        for at, epoch in enumerate(("2000", "1000")):
            text = text.replace(f"epoch = {epoch}\n", f"epoch = {2 - at}\n")
        file = tmp_path / f"{name}.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        example = load(file)
        assert isinstance(example, NetworkExample)
        return example

    return shortened


@pytest.mark.parametrize("name", NETWORKS)
def test_the_first_two_seeds_come_out_as_committed(name: str) -> None:
    """After a few epochs the outputs of two seeds are the committed ones.

    At most 200 updates of some 20 operations: 4,000 roundings of 2^-53, which so short trainings do not amplify, stay below 2^-40.
    """
    seed_file = committed_seeds(name)
    assert seed_file
    assert seed_file.early_epochs == EARLY
    np.testing.assert_allclose(early_outputs(setup_of(NETWORKS[name])), seed_file.early_outputs, rtol=0, atol=2.0**-40)


@pytest.mark.parametrize("name", NETWORKS)
def test_quantities_and_claims_are_the_committed_ones(name: str, short: Short) -> None:
    """The fixture alone gives the committed quantities of the printed texts, and as many claims; what is derived may differ."""
    for other in NETWORKS:
        short(other)
    seed_file, example = committed_seeds(name), short(name)
    recomputed = network_file(example, Studies(3, ProgressLines()))
    assert seed_file
    committed_texts, texts = (
        [(quantity.name.partition(", ")[2], quantity.derived or quantity.printed) for quantity in content.quantities]
        for content in (seed_file, recomputed)
    )
    assert texts == committed_texts
    assert len(recomputed.claims) == len(seed_file.claims)
    assert recomputed.recipe.n_seeds == 3
    assert set(recomputed.versions) == {"python", "numpy"}


def test_a_result_that_no_seed_has_is_refused(short: Short) -> None:
    """Where no seed stops, there is nothing to compare the printed loss with."""
    example = short("numpy-dnn/321_1")
    assert example.training
    criterion = StoppingCriterion(loss_below="0")
    training = example.training.model_copy(update={"stopping_criterion": criterion})
    with pytest.raises(FixtureError) as raised:
        network_file(example.model_copy(update={"training": training}), Studies(2, ProgressLines()))
    assert str(raised.value) == f"{example.file}: at the stop, loss: no seed has a value; take more seeds, or check the training"


def test_an_interrupted_study_goes_on(short: Short, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts that are complete are not trained again, and the file is the same."""
    monkeypatch.setattr(network_study, "PART", 2)
    example = short("backprop-notes/xor-sequential")
    whole = network_file(example, Studies(5, ProgressLines()))
    assert unfinished_path(example).is_file()
    monkeypatch.setattr(network_study, "snapshots", None)
    again = network_file(example, Studies(5, ProgressLines()))
    assert again.model_copy(update={"seconds": whole.seconds}) == whole


def test_a_study_that_others_need_is_trained_once(short: Short, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one run of the command."""
    studies, example = Studies(2, ProgressLines()), short("backprop-notes/xor-sequential")
    first = studies.of(example)
    monkeypatch.setattr(network_study, "resumed", None)
    assert studies.of(example) is first
    assert studies.beside(example, "backprop-notes/xor-sequential") is first


def test_the_seeds_of_any_book_are_beside_its_folder(short: Short, tmp_path: Path) -> None:
    """As those of ours are."""
    assert folder_of(short("numpy-dnn/322_1")) == tmp_path / "seeds"
    assert folder_of(NETWORKS["numpy-dnn/322_1"]) == ROOT / "seeds"


def test_another_example_must_be_a_network(short: Short) -> None:
    """One line says which is not, or is not there."""
    example, studies = NETWORKS["numpy-dnn/323_1"], Studies(2, ProgressLines())
    with pytest.raises(FixtureError) as raised:
        studies.beside(example, "numpy-dnn/321_2")
    assert str(raised.value) == f"{example.file}: seeds.claims: 'numpy-dnn/321_2' is not a network"
    with pytest.raises(FixtureError, match=r"no-such\.toml: no such file"):
        studies.beside(example, "numpy-dnn/no-such")
