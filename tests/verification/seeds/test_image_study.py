"""The committed seeds of networks on images: complete, and consistent with their own values."""

from pathlib import Path

import numpy as np
import pytest

from adapters.log_rows import LogRow
from verification.case import Case
from verification.images.data import DIGITS
from verification.images.printed_rows import log_updates, unreproducible_results
from verification.progress import ProgressLines
from verification.seeds import image_study
from verification.seeds.image_study import image_file, n_seeds, quantities, results
from verification.seeds.percentiles import Quantity, among_seeds
from verification.seeds.records import SeedFile
from verification.seeds.seed_files import committed_seeds
from verification.session import Session
from worked_examples import ImageExample, load_all

TRAINED = {
    name: example for name, example in load_all().items() if isinstance(example, ImageExample) and unreproducible_results(example)
}


@pytest.fixture(params=list(TRAINED))
def seeds(request: pytest.FixtureRequest) -> SeedFile:
    """The committed seeds of each example with a training on images."""
    seed_file = committed_seeds(request.param)
    assert seed_file
    return seed_file


def test_every_printed_result_has_its_percentile(seeds: SeedFile) -> None:
    """The committed quantities are the printed results, text by text, and no others."""
    printed = [(quantity.name, quantity.printed) for quantity in seeds.quantities]
    assert printed == [(result.title, result.text) for result in unreproducible_results(TRAINED[seeds.id])]


def test_percentiles_follow_from_the_values(seeds: SeedFile) -> None:
    """Quantiles, percentile and verdict are those of the committed values of all seeds."""
    for quantity in seeds.quantities:
        assert len(quantity.values) == n_seeds(TRAINED[seeds.id])
        computed = among_seeds(Quantity(quantity.name, quantity.printed, np.array(quantity.values)))
        assert quantity.model_copy(update={"values": []}) == computed


def test_a_long_training_has_fewer_seeds() -> None:
    """Ten million samples are trained from 20 seeds, 180,000 from 50."""
    assert (n_seeds(TRAINED["study-notes/twolayer"]), n_seeds(TRAINED["numpy-dnn/325_1"])) == (20, 50)


def test_results_are_read_from_the_log_rows_of_every_seed() -> None:
    """Each is that of the row after the result's updates, and is kept in the file."""
    example = TRAINED["dl-python/twolayer-backprop"]
    printed = unreproducible_results(example)
    rows = [LogRow(result.updates, {result.quantity: 2.0 + at}, 0.0) for at, result in enumerate(printed)]
    values = results(example, rows)
    assert values.tolist() == [2.0 + at for at in range(len(printed))]
    assert [quantity.values for quantity in quantities(example, values[:, np.newaxis])] == [[value] for value in values]


def test_every_seed_is_trained_once_from_the_fixture_s_own_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The file has one value a seed in their order, and names the engine that computed; a second run goes on behind the last."""
    trained = list[int]()
    file = tmp_path / "fixtures" / "dl-python" / "twolayer-backprop.toml"
    file.parent.mkdir(parents=True)
    file.write_bytes(TRAINED["dl-python/twolayer-backprop"].file.read_bytes())
    example = TRAINED["dl-python/twolayer-backprop"].model_copy(update={"file": file})

    def log_rows(case: Case[ImageExample]) -> list[LogRow]:
        seed = case.example.recipe.seed if case.example.recipe else 0
        trained.append(seed)
        return [LogRow(updates, {"loss of the batch": float(seed)}, 0.0) for updates in log_updates(example)]

    monkeypatch.setattr(image_study, "log_rows", log_rows)
    monkeypatch.setattr(image_study, "ENGINE", "reference")
    content = image_file(Session([example]), example, ProgressLines())
    assert trained == list(range(1, n_seeds(example) + 1))
    assert content.quantities[0].values == trained
    assert set(content.versions) == {"python", "numpy"}
    assert image_file(Session([example]), example, ProgressLines(), 3).quantities[0].values == [1.0, 2.0, 3.0]
    assert len(trained) == n_seeds(example)


def test_the_committed_seeds_are_keras_s() -> None:
    """The quickest engine trains them; that the others agree is checked on the first seed."""
    assert image_study.ENGINE == "keras"


def test_a_training_of_one_seed_has_all_printed_rows() -> None:
    """On the data set of the example, here scikit-learn's digits, and two rows of it."""
    example = TRAINED["dl-python/twolayer-backprop"]
    tables = [table.model_copy(update={"text": "\n".join(table.text.strip().splitlines()[:2])}) for table in example.log]
    data = example.data.model_copy(update={"images": DIGITS})
    case = Case(example.model_copy(update={"log": tables, "data": data}), "reference", Session())
    assert [row.updates for row in image_study.log_rows(case)] == log_updates(case.example) == [1, 2]
