"""The README is true: its commands exist, its paths exist, its table is that of the fixtures."""

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

from fixtures import ArraysExample, Example, NetworkExample, load_all
from fixtures.claims import claims

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLE = README.partition("<!-- verdicts -->")[2].partition("<!-- /verdicts -->")[0]
EXAMPLES = {name: example for name, example in load_all().items() if "@" not in name}


def test_every_tox_command_of_the_readme_exists() -> None:
    """Each ``tox run -e NAME`` names an environment of tox.ini, the matrix included."""
    tox = ConfigParser()
    tox.read(ROOT / "tox.ini")
    named = {name for words in re.findall(r"tox run -e ([\w,-]+)", README) for name in words.split(",")}
    assert {"verify", "tests"} <= named
    matrix = re.compile(r"py3\d+-(reference|keras|torch)")
    assert all(f"testenv:{name}" in tox or name == "tests" or matrix.fullmatch(name) for name in named)


def test_the_main_command_writes_what_the_readme_says() -> None:
    """``verify`` writes its report where the README says, verifies the examples, and requires every engine."""
    tox = ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini")
    words = tox["testenv:verify"]["commands"].split()
    assert {"--require-engines", "--report=build/report", "tests/test_examples.py"} <= set(words)
    assert "build/report/results.json" in README


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:fixtures|adapters|tests)/[\w./-]+)`", README))))
def test_every_path_of_the_readme_exists(path: str) -> None:
    """A file that the README points to is there."""
    assert (ROOT / path).exists()


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_readme_lists_every_example(example: Example) -> None:
    """The verdict table has a row for each example, with its number of printed claims and the book's epoch."""
    rows = [line.split() for line in TABLE.splitlines() if line.split()[:1] == [example.id]]
    assert len(rows) == 1, f"{example.id} has {len(rows)} rows in the README's table"
    total = len(list(claims(example))) if isinstance(example, NetworkExample | ArraysExample) else 0
    assert rows[0][1] == (f"{total}/{total}" if total else "-")
    training = example.training if isinstance(example, NetworkExample) else None
    assert rows[0][3] == str(training.stop.epoch if training and training.stop.epoch is not None else "-")
