"""Bad fixtures: one clear error each, with file and key, what was found and what is accepted."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from worked_examples import FixtureError, load, load_all
from worked_examples.loading import ROOT, files_below
from worked_examples.toml_tables import read_table

EXAMPLES = load_all()
GOOD = (ROOT / "numpy-dnn" / "313_1.toml").read_text(encoding="utf-8")


def broken(folder: Path, old: str, new: str, text: str = GOOD) -> Path:
    """A copy of a good fixture with one change."""
    assert old in text
    file = folder / "numpy-dnn" / "313_1.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('kind = "network"', "kind = ", "not TOML: Invalid value (at line 1, column 8)", id="malformed"),
        pytest.param(
            'bias = ["1"]',
            'bias = ["1", "2"]',
            "network.layers[0]: the kernel has 1 columns but the bias 2 entries",
            id="bias-shape",
        ),
        pytest.param(
            'kernel = [["3"], ["4"]]',
            'kernel = [["3"], ["4", "5"]]',
            "network.layers[0]: rows of different lengths: [1, 2]",
            id="ragged",
        ),
        pytest.param(
            'input = [["2", "3"]]',
            'input = [["2", "3", "4"]]',
            "data: 3 inputs and 1 targets, but the network has 2 and 1",
            id="data-shape",
        ),
        pytest.param(
            'learning_rate = "0.01"',
            'learning_rate = "0.0l"',
            "training.learning_rate: '0.0l' is not a number; accepted: a decimal string such as \"0.05\"",
            id="not-a-number",
        ),
        pytest.param(
            'learning_rate = "0.01"',
            "learning_rate = 0.01",
            'training.learning_rate: 0.01 must be written as a string, "0.01", so that its digits are kept',
            id="float",
        ),
        pytest.param(
            'activation = "identity"',
            'activation = "sigmiod"',
            "network.layers[0].activation: 'sigmiod' is not an activation; accepted: identity, relu, sigmoid, softmax, step, tanh; "
            "did you mean 'sigmoid'?",
            id="unknown-activation",
        ),
        pytest.param(
            "epoch = 65\n",
            "",
            "training.stopping_criterion.epoch: missing; the epoch that the book prints where training stops",
            id="missing-stop-epoch",
        ),
        pytest.param(
            "epoch = 64\n Y = [[26.999]]",
            " Y = [[26.999]]",
            "printed[0].epoch: missing; give epoch = N, or let the text begin with the printed epoch",
            id="missing-printed-epoch",
        ),
        pytest.param("max_epochs = 1000\n", "", "training.max_epochs: missing", id="max-epochs"),
        pytest.param(
            "max_epochs",
            "max_epoch",
            "training: unknown key 'max_epoch'; accepted: batch_size, first_epoch, learning_rate, max_epochs, optimizer, order, "
            "seed, stopping_criterion, trainable; did you mean 'max_epochs'?",
            id="unknown-key",
        ),
        pytest.param(
            'Wb = "gradient of layer 1 kernel"',
            'Wb = "gradient of layer 2 kernel"',
            "printed[0].text: 'Wb' means a layer that the network does not have",
            id="unknown-layer",
        ),
        pytest.param(
            'Wb = "gradient of layer 1 kernel"',
            'Wb = "gradient of the kernel"',
            "names.Wb: 'gradient of the kernel' is not a quantity; accepted: 'epoch', 'loss', 'input', 'target', 'output', "
            "'layer N output', 'layer N kernel', 'layer N bias', 'gradient of ...', '... transposed', '... after update', "
            "'... [i, j]'",
            id="unknown-quantity",
        ),
        pytest.param(
            " Y = [[26.999]]",
            " Z = [[26.999]]",
            "printed[0].text: 'Z' has no entry in [names]; "
            "known: epoch, Y, E, Xb, Wb, Bb, W, B, y, x1b, x2b, w1b, w2b, bb, w1, w2, b",
            id="unknown-name",
        ),
        pytest.param(
            " Y = [[26.999]]",
            " Y = [[26.99g]]",
            "printed[0].text: line 2: '26.99g]]' is neither a name nor a number",
            id="bad-print",
        ),
        pytest.param(
            'kind = "network"',
            'kind = "netwrk"',
            "kind: 'netwrk' is not a kind of example; accepted: architecture, block, calculation, convention, "
            "gradient descent, image network, initializer, network, precision; did you mean 'network'?",
            id="kind",
        ),
        pytest.param(
            'id = "numpy-dnn/313_1"',
            'id = "numpy-dnn/313"',
            "id: 'numpy-dnn/313' does not name the file; expected 'numpy-dnn/313_1'",
            id="wrong-id",
        ),
        pytest.param(
            "passes = 65\n",
            'passes = 65\nfewer_epochs_than = "numpy-dnn/311_1"\n',
            "statements[0]: exactly one of passes, loss_above, fewer_epochs_than must be given",
            id="two-claims",
        ),
        pytest.param(
            'document = "numpy-dnn"',
            'document = "dl-python"',
            "source.document: 'dl-python' is not the folder of the id; expected 'numpy-dnn'",
            id="other-document",
        ),
        pytest.param(
            'id = "numpy-dnn/313_1"',
            'id = "../313_1"',
            "id: '../313_1' is not an id; accepted: FOLDER/FILE, without '.toml', each of at most 100 characters, letters a-z, "
            "digits, '.', '_' and '-', a letter or digit first, no '..'; in FILE also letters A-Z",
            id="path-trick",
        ),
        pytest.param(
            'id = "numpy-dnn/313_1"',
            'file = "elsewhere.toml"\nid = "numpy-dnn/313_1"',
            "unknown key 'file'; accepted: data, errata, id, kind, names, network, notes, printed, provenance, remarks, source, "
            "statements, title, training, unreproducible_results, variants; did you mean 'title'?",
            id="file",
        ),
    ],
)
def test_a_bad_fixture_is_refused_with_file_and_key(tmp_path: Path, old: str, new: str, message: str) -> None:
    """The message names the file and the key, says what was found and what is accepted, and offers the nearest word."""
    file = broken(tmp_path, old, new)
    with pytest.raises(FixtureError) as caught:
        load(file)
    assert str(caught.value) == f"{file}: {message}"


FOREIGN = GOOD.replace("numpy-dnn/313_1", "d2l/softmax-1").replace('document = "numpy-dnn"', 'document = "d2l"')


@pytest.mark.parametrize("book", [None, 'title = "Dive into Deep Learning"'])
def test_any_book_can_be_checked(tmp_path: Path, book: str | None) -> None:
    """A fixture of a book that nobody here knows loads, with a ``book.toml`` beside it and without one."""
    (tmp_path / "d2l").mkdir()
    (tmp_path / "d2l" / "softmax-1.toml").write_text(FOREIGN, encoding="utf-8")
    if book:
        (tmp_path / "d2l" / "book.toml").write_text(book, encoding="utf-8")
    examples = load_all(tmp_path)
    assert list(examples) == ["d2l/softmax-1"]
    assert examples["d2l/softmax-1"].source.document == "d2l"


def test_a_file_is_named_by_its_folder_wherever_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path relative to the folder of the document does as well."""
    (tmp_path / "d2l").mkdir()
    (tmp_path / "d2l" / "softmax-1.toml").write_text(FOREIGN, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "d2l")
    assert load(Path("softmax-1.toml")).id == "d2l/softmax-1"


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    """Two folders of one name below a root would hide each other's examples."""
    for folder in ("one", "two"):
        broken(tmp_path / folder, "313_1", "313_1")
    message = f"{tmp_path}/two/numpy-dnn/313_1.toml: id: 'numpy-dnn/313_1' is the id of {tmp_path}/one/numpy-dnn/313_1.toml too"
    with pytest.raises(FixtureError, match=re.escape(message)):
        load_all(tmp_path)


def test_a_file_cannot_take_the_id_of_a_variant(tmp_path: Path) -> None:
    """Only variants have an id with sizes behind ``@``."""
    file = broken(tmp_path, 'id = "numpy-dnn/313_1"', 'id = "numpy-dnn/313_1@2-1x1"')
    file = file.rename(file.with_name("313_1@2-1x1.toml"))
    with pytest.raises(FixtureError, match=r"is the id of a variant; rename the file to one without '@'$"):
        load(file)


def test_an_example_knows_its_file(tmp_path: Path) -> None:
    """Errors name the file that an example was read from."""
    file = broken(tmp_path, "313_1", "313_1")
    assert load(file).file == file


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_survives_its_own_dump(name: str) -> None:
    """Validated again, what an example dumps is that example: no validator changes it, in Python and in JSON."""
    example = EXAMPLES[name]
    assert type(example).model_validate(example.model_dump()) == example
    assert type(example).model_validate_json(example.model_dump_json()) == example


def test_an_erratum_that_points_nowhere_is_refused(tmp_path: Path) -> None:
    """An erratum of a block must concern a number that stands there."""
    text = (ROOT / "numpy-dnn" / "312_1.toml").read_text(encoding="utf-8").replace("312_1", "313_1", 1)
    file = broken(tmp_path, "occurrence = 2", "occurrence = 3", text)
    with pytest.raises(FixtureError, match=r"printed\[1\].errata: no number 'x2b' at \[\], occurrence 3; "):
        load(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A path without a file gives its name, not a traceback."""
    with pytest.raises(FixtureError, match=r"nothing.toml: no such file$"):
        load(tmp_path / "nothing.toml")


def test_an_empty_directory_is_refused(tmp_path: Path) -> None:
    """A directory without fixtures is an error: a run that verifies nothing must not pass."""
    with pytest.raises(FixtureError, match=re.escape(f"{tmp_path}: no fixture (*.toml) here")):
        load_all(tmp_path)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A mistyped path is told from an empty folder."""
    with pytest.raises(FixtureError, match=r"nothing: no such file or folder$"):
        load_all(tmp_path / "nothing")


def keys(table: Any) -> Iterator[str]:
    """All keys of a table and of the tables in it."""
    if isinstance(table, dict):
        yield from table
    for entry in table.values() if isinstance(table, dict) else table if isinstance(table, list) else ():
        yield from keys(entry)


def test_no_key_of_a_fixture_has_a_blank() -> None:
    """Values may have blanks; keys are words joined by ``_``, so that they need no quotes."""
    assert {key for file in files_below(ROOT) for key in keys(read_table(file)) if " " in key} == set()
