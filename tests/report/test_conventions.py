"""``docs/conventions.md`` is what the fixtures give, for whatever engines they name."""

import re
from pathlib import Path

import pytest

from report.conventions import PAGE, page, page_of, versions
from worked_examples import ConventionExample, load_all


@pytest.fixture(scope="module")
def examples() -> list[ConventionExample]:
    """The fixtures about conventions."""
    return [example for example in load_all().values() if isinstance(example, ConventionExample)]


def test_the_page_of_conventions_is_current() -> None:
    """Write it again with ``python -m report.conventions``."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_convention_is_on_the_page_once(examples: list[ConventionExample]) -> None:
    """Contents and sections name every concept, and every link of the contents leads to a section."""
    text = page_of(examples)
    links, places = re.findall(r"\]\(#([\w-]+)\)", text), re.findall(r'<a id="([\w-]+)">', text)
    assert len(links) == len(set(links)) == len(examples) + sum(len(example.conventions) for example in examples)
    assert links == places


def test_a_further_engine_has_its_column_without_code(examples: list[ConventionExample]) -> None:
    """Entries of an engine that nobody has heard of make a column in each table, and a pair columns in the contents."""
    example = examples[0].model_copy(deep=True)
    convention = example.conventions[0]
    convention.engines["ember"] = convention.engines["torch"].model_copy(update={"why": "it is young"})
    convention.pairs.append(convention.pairs[0].model_copy(update={"engines": ("torch", "ember"), "default": "0.125"}))
    text = page_of([example])
    assert "|  | Keras | PyTorch | ember |" in text
    assert f"ember.{convention.engines['ember'].default.call}(" in text
    assert "PyTorch from ember: by default 0.125" in text
    assert "| PyTorch from ember: by default | aligned |" in text.replace(" aligned | PyTorch", " aligned | | PyTorch")
    assert "In ember: it is young" in text
    assert {line.count("|") for line in text.splitlines() if line.startswith("| [")} == {6}


def test_versions_are_the_pinned_ones_of_the_engines(tmp_path: Path) -> None:
    """Packages that an engine runs on are among them; what is not pinned is left out."""
    file = tmp_path / "constraints.txt"
    file.write_text("keras==3.1\ntorch==2.1 ; python_version > '3'\ntensorflow==2.2;x\nnumpy==1\n", encoding="utf-8")
    assert versions(["keras", "torch", "ember"], file) == {"keras": "3.1", "tensorflow": "2.2", "torch": "2.1"}
