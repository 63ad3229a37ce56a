"""What the tests of several packages share: examples by id, copies of fixtures with one change, one check of one case."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters import Engine
from verification.case import Case
from verification.check import judge
from verification.records import Findings
from verification.registry import checks_of, unsupported
from verification.session import Session
from worked_examples import Example, FixtureError, NetworkExample, load
from worked_examples.loading import ROOT

FAULTY = "faulty"


@pytest.fixture
def example() -> Callable[[str], Any]:
    """``example(id)``: one of our examples, from its file."""
    return lambda name: load(ROOT / f"{name}.toml")


@pytest.fixture
def network() -> Callable[[str], NetworkExample]:
    """``network(id)``: one of our examples that is a network."""

    def example_of(name: str) -> NetworkExample:
        example = load(ROOT / f"{name}.toml")
        assert isinstance(example, NetworkExample)
        return example

    return example_of


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Writes a copy of a fixture with one change; the file."""

    def write(name: str, old: str, new: str) -> Path:
        text = (ROOT / f"{name}.toml").read_text(encoding="utf-8")
        assert old in text, f"{name}: no {old!r}"
        file = tmp_path / f"{name}.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return file

    return write


@pytest.fixture
def loaded(changed: Callable[[str, str, str], Path]) -> Callable[[str, str, str], Example]:
    """The example of a copy of a fixture with one change."""
    return lambda name, old, new: load(changed(name, old, new))


HEAD = """
id = "a-book/1"
title = "One example"
provenance = "ours"
source = { document = "a-book", section = "1" }
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Any]:
    """``written(text)``: the example of a fixture with this text, below a head of id, title and source."""

    def example_of(text: str) -> Any:
        file = tmp_path / "a-book" / "1.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(HEAD + text, encoding="utf-8")
        return load(file)

    return example_of


@pytest.fixture
def refused(written: Callable[[str], Any]) -> Callable[[str], str]:
    """``refused(text)``: the one line with which such a fixture is refused, without the file, which it must name first."""

    def line_of(text: str) -> str:
        with pytest.raises(FixtureError) as caught:
            written(text)
        file, _, line = str(caught.value).partition("1.toml: ")
        assert file.endswith("a-book/")
        assert "\n" not in line
        return line

    return line_of


@pytest.fixture
def judged() -> Callable[..., Findings]:
    """``judged(check, example, engine="reference")``: the findings of a check, in a session of its own.

    The engine is a name, or an engine with an injected fault, which is then named ``faulty``.
    """

    def findings(check: str, example: Any, engine: str | Engine = "reference", dtype: str = "float64") -> Findings:
        name = engine if isinstance(engine, str) else FAULTY
        engines = {} if isinstance(engine, str) else {FAULTY: engine}
        session = Session([example], engine_names=dict.fromkeys(("reference", name)), engines=engines)
        case = Case(example, name, session, dtype)
        (chosen,) = (candidate for candidate in checks_of(case) if candidate.name == check)
        return judge(chosen, case, unsupported(chosen, case))

    return findings
