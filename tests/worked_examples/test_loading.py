"""Loading: files of any book by id, each id once, and every example as it was written."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from worked_examples import FixtureError, load, load_all
from worked_examples.files.toml_tables import read_table
from worked_examples.loading import ROOT, files_below, load_found

EXAMPLES = load_all()
MISSING = "network.layers[0].kernel: missing; a network with data needs its numbers, or recipe.parameters, which draws them"
GOOD = (ROOT / "numpy-dnn" / "313_1.toml").read_text(encoding="utf-8")


def broken(folder: Path, old: str, new: str) -> Path:
    """A copy of a good fixture with one change."""
    assert old in GOOD
    file = folder / "numpy-dnn" / "313_1.toml"
    file.parent.mkdir(parents=True)
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    return file


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


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A path without a file gives its name, not a traceback."""
    with pytest.raises(FixtureError, match=r"nothing.toml: no such file$"):
        load(tmp_path / "nothing.toml")


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A mistyped path is told from an empty folder."""
    with pytest.raises(FixtureError, match=r"nothing: no such file or folder$"):
        load_all(tmp_path / "nothing")


def test_an_empty_directory_is_refused(tmp_path: Path) -> None:
    """A directory without fixtures is an error: a run that verifies nothing must not pass."""
    with pytest.raises(FixtureError, match=re.escape(f"{tmp_path}: no fixture (*.toml) here")):
        load_all(tmp_path)


def keys(table: Any) -> Iterator[str]:
    """All keys of a table and of the tables in it."""
    if isinstance(table, dict):
        yield from table
    for entry in table.values() if isinstance(table, dict) else table if isinstance(table, list) else ():
        yield from keys(entry)


def test_no_key_of_a_fixture_has_a_blank() -> None:
    """Values may have blanks; keys are words joined by ``_``, so that they need no quotes."""
    assert {key for file in files_below(ROOT) for key in keys(read_table(file)) if " " in key} == set()


def test_broken_files_are_collected_with_their_errors(tmp_path: Path) -> None:
    """Good examples and books are loaded whatever lies beside them; strict loading raises for the first that is broken."""
    folder = tmp_path / "numpy-dnn"
    good = broken(tmp_path, "313_1", "313_1")
    (folder / "deep.toml").write_text("a = " + 100_000 * "[", encoding="utf-8")
    (folder / "empty.toml").write_text("", encoding="utf-8")
    (folder / "folder.toml").mkdir()
    (folder / "link.toml").symlink_to("/etc/passwd")
    (folder / "book.toml").write_text('title = "\\u0000"', encoding="utf-8")
    second = tmp_path / "z" / "numpy-dnn" / "313_1.toml"
    second.parent.mkdir(parents=True)
    second.write_text(GOOD, encoding="utf-8")
    (second.parent / "book.toml").write_text('title = "B"', encoding="utf-8")
    found = load_found([tmp_path])
    assert (list(found.examples), list(found.books)) == (["numpy-dnn/313_1"], ["numpy-dnn"])
    names = ["book.toml", "deep.toml", "empty.toml", "folder.toml", "link.toml"]
    assert set(found.errors) == {*(folder / name for name in names), second}
    assert str(found.errors[second]) == f"{second}: id: 'numpy-dnn/313_1' is the id of {good} too"
    assert all(str(error).startswith(f"{file}: ") and "\n" not in str(error) for file, error in found.errors.items())
    with pytest.raises(FixtureError, match=r"deep\.toml: "):
        load_all(tmp_path)


def test_one_file_by_several_paths_is_loaded_once(tmp_path: Path) -> None:
    """A folder and a file in it, and a folder twice, give no second example of the same id."""
    file = broken(tmp_path, "313_1", "313_1")
    (file.parent / "book.toml").write_text('title = "B"', encoding="utf-8")
    found = load_found([tmp_path, file, file.parent, tmp_path])
    assert (list(found.examples), list(found.books), found.errors) == (["numpy-dnn/313_1"], ["numpy-dnn"], {})


def test_a_name_that_is_no_text_is_escaped(tmp_path: Path) -> None:
    """Names of files may hold new lines and bytes that are not UTF-8; the line about them holds neither."""
    for name in (b"a\nb.toml", b"\xff.toml", b"\x1b[31m.toml"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("a = ", encoding="utf-8")
    messages = [str(error) for error in load_found([tmp_path]).errors.values()]
    assert len(messages) == 3
    assert all(message.isprintable() and message.encode() for message in messages)


def test_a_folder_that_leads_back_to_itself_is_read_once(tmp_path: Path) -> None:
    """Links to folders are not followed, and folders may be deeply nested."""
    broken(tmp_path, "313_1", "313_1")
    (tmp_path / "again").symlink_to(tmp_path)
    deep = tmp_path.joinpath(*(300 * ["d"]))
    deep.mkdir(parents=True)
    assert list(load_found([tmp_path]).examples) == ["numpy-dnn/313_1"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[network]\nloss = "hinge"\nlayers = []', "network.layers: List should have at least 1 item after validation, not 0"),
        ('[network]\nloss = "hinge"\nlayers = [{units = 1, activation = "tanh"}]', MISSING),
        (
            '[data]\ninput = [["1"]]\ntarget = [["1"]]\n[network]\nlayers = [{units = 1, activation = "tanh"}]',
            "network.loss: missing",
        ),
        ("", "network: missing"),
    ],
)
def test_a_network_has_data_and_a_loss_or_neither(written: Callable[[str], Any], text: str, message: str) -> None:
    """With one of them it is a network that is computed."""
    with pytest.raises(FixtureError) as caught:
        written(f'kind = "network"\n{text}\n')
    assert str(caught.value).partition("1.toml: ")[2] == message
