"""The README is true: its commands exist, its paths exist, its table is that of the fixtures."""

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

from verification.checks import network_numbers
from verification.checks.images.printed_tables import is_claim
from worked_examples import ImageExample, NetworkExample, load_all
from worked_examples.files.toml_tables import read_table
from worked_examples.printed.claims import Printing, claims
from worked_examples.schema.errata import NumberErratum

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
    assert {"--require-engines", "--report=build/report", "tests/test_worked_examples.py"} <= set(words)
    assert "build/report/results.json" in README


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:fixtures|adapters|tests)/[\w./-]+)`", README))))
def test_every_path_of_the_readme_exists(path: str) -> None:
    """A file that the README points to is there."""
    assert (ROOT / path).exists()


PRINTED_STOPS = [
    e for e in EXAMPLES.values() if isinstance(e, NetworkExample) and e.training and e.training.criterion.epoch is not None
]


@pytest.mark.parametrize("example", PRINTED_STOPS, ids=lambda example: example.id)
def test_the_readme_lists_every_printed_epoch(example: NetworkExample) -> None:
    """The table has one row for each training whose stop epoch is in print, the same on every engine, and certified."""
    rows = [[cell.strip() for cell in line.split("|")] for line in TABLE.splitlines() if f" {example.id} " in line]
    assert len(rows) == 1, f"{example.id} has {len(rows)} rows in the README's table"
    assert example.training
    assert set(rows[0][2:7]) == {f"{example.training.criterion.epoch:,}"}


def counted(example: Printing) -> int:
    """The numbers of the page that are claims."""
    of_page = [claim for claim in claims(example) if claim.taken_from == "page"]
    return sum(not isinstance(example, ImageExample) or is_claim(example, claim) for claim in of_page)


@pytest.mark.parametrize("document", sorted({name.partition("/")[0] for name in EXAMPLES}))
def test_the_readme_counts_every_printed_number(document: str) -> None:
    """The table has the number of printed numbers of each document, as the fixtures have it."""
    total = sum(counted(e) for name, e in EXAMPLES.items() if name.startswith(f"{document}/") and isinstance(e, Printing))
    rows = [[cell.strip() for cell in line.split("|")] for line in TABLE.splitlines() if line.startswith(f"| {document} |")]
    assert [row[2] for row in rows] == [str(total)]


def test_the_erratum_of_the_readme_is_accepted(tmp_path: Path) -> None:
    """The table that it shows is an erratum of a number, and its failure asks for such a table."""
    (text,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "erratum.toml").write_text(text, encoding="utf-8")
    (table,) = read_table(tmp_path / "erratum.toml")["printed"]["errata"]
    assert NumberErratum.model_validate(table).at == (0, 1)
    assert f"next: {network_numbers.NEXT_STEP}\n" in README
