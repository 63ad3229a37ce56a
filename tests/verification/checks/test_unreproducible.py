"""Printed results of runs that nobody can repeat must agree with themselves, the data and the stopping criterion."""

from collections.abc import Callable
from pathlib import Path

import pytest

from verification.checks.unreproducible import against_the_criterion, is_shortest_float32, is_solved
from verification.records import Findings, Outcome
from worked_examples import NetworkExample, load


def test_a_float32_is_known_by_its_shortest_digits() -> None:
    """NumPy prints no more digits than a float32 needs."""
    assert is_shortest_float32("0.905")
    assert not is_shortest_float32("0.123456789")


@pytest.mark.parametrize(
    ("outputs", "targets", "expected"),
    [(["0.9", "0.1"], ["1", "0"], True), (["0.9", "0.6"], ["1", "0"], False), (["0.5"], ["1"], False), ([".7"], ["1"], True)],
)
def test_a_run_is_solved_where_every_output_is_on_its_side(outputs: list[str], targets: list[str], expected: bool) -> None:
    """Exactly 1/2 is on the lower side."""
    assert is_solved(outputs, targets) is expected


@pytest.mark.parametrize(
    ("losses", "lines"),
    [
        (["0.5", "0.0001"], []),  # 0.00005 rounds to it, and is below
        (["0.5", "0.0002"], ["the loss where training stops is 0.0002, not below 0.0001"]),
        (["0.00005", "0.00009"], ["the loss 0.00005 is below 0.0001, but training goes on"]),
        (["0.0001", "0.00009"], []),  # it may be the threshold itself
    ],
)
def test_losses_are_compared_as_intervals(losses: list[str], lines: list[str]) -> None:
    """Only what no rounding explains is a contradiction."""
    assert list(against_the_criterion(losses, "0.0001")) == lines


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("[[0.0070 0.0073 0.9927 0.0066]]", "[[0.0070 0.0073 0.4927 0.0066]]", "solved = true, but the outputs are "),
        ("Error = 0.5003", "Error = 0.5013", "printed 0.5013"),
        ("Error = 0.0001\n", "Error = 0.0003\n", "the loss where training stops is 0.0003, not below 0.0001"),
        ("[[0.4955 0.5135 ", "[[0.4955 1.5135 ", "no probability: ['1.5135']"),
    ],
)
def test_a_printed_run_that_contradicts_itself_fails(
    tmp_path: Path, old: str, new: str, line: str, network: Callable[[str], NetworkExample], judged: Callable[..., Findings]
) -> None:
    """A block whose numbers cannot be true together is reported with what does not fit."""
    text = network("numpy-dnn/321_1").file.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "numpy-dnn" / "321_1.toml"
    file.parent.mkdir()
    file.write_text(text.replace(old, new), encoding="utf-8")
    assert judged("unreproducible", network("numpy-dnn/321_1")).outcome is Outcome.PASSED
    assert line in "\n".join(judged("unreproducible", load(file)).problems)
