"""Random fixtures on every engine: it computes the exact values within the derived bounds, or says what it does not support."""

from collections import Counter
from pathlib import Path

import pytest

from adapters import ENGINES, installed
from verification.random_examples import engines
from verification.random_examples.engines import CHECKS, wrong_on
from verification.random_examples.parts import Part, made, parts
from verification.random_examples.texts.examples import RandomExample

EXAMPLES = 120
GROUPS = 4


@pytest.mark.parametrize("group", range(GROUPS))
@pytest.mark.parametrize("engine", [name for name in ENGINES if name != "reference"])
def test_random_fixtures_are_computed_alike(engine: str, group: int, tmp_path: Path) -> None:
    """Half calculations with every function, half networks with every loss and activation; what is unsupported has a reason."""
    if not installed(engine):
        pytest.skip(f"{engine} is not installed")
    outcomes = Counter[str]()
    wrong: list[tuple[list[str], str]] = []

    def use(example: RandomExample) -> None:
        if lines := list(wrong_on(engine, example, tmp_path, outcomes)):
            wrong.append((lines, example.fixture("example")))

    for part in list(parts(EXAMPLES, 0))[group::GROUPS]:
        made(part, use)
    assert wrong == []
    assert all(": " in outcome for outcome in outcomes if "not_applicable" in outcome)
    assert {f"{engine}, {name} passed" for name in CHECKS} <= set(outcomes)


def test_an_exception_of_an_engine_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its place; a fixture that the loader refuses says nothing of an engine."""

    def broken(*_: object) -> None:
        raise ValueError("no shape")

    monkeypatch.setattr(engines, "findings_on", broken)
    lines = list[str]()
    made(Part("calculation", ("add",), 1, 1), lambda example: lines.extend(wrong_on("reference", example, tmp_path, Counter())))
    assert [line.partition(":")[0] for line in lines] == ["reference"]
    assert "ValueError in test_engines.py" in lines[0]
