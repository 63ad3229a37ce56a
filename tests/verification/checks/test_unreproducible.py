"""Printed results of runs that nobody can repeat."""

from pathlib import Path

import pytest

from verification.case import Case
from verification.checks.unreproducible import check_unreproducible, is_shortest_float32
from verification.records import Findings
from verification.verdicts.intervals import half_squared_error, interval
from worked_examples import NetworkExample, load, load_all


def test_printed_outputs_bound_the_loss() -> None:
    """Outputs printed to four decimals admit an interval of losses, and the printed loss lies in it."""
    admitted = half_squared_error(["0.4955", "0.5135", "0.4960", "0.4873"], ["0", "0", "1", "0"])
    assert admitted.meets(interval("0.5003"))
    assert not admitted.meets(interval("0.5006"))


def test_the_shortest_digits_of_a_float32() -> None:
    """0.905 is one, 0.123456789 has more digits than a float32 needs."""
    assert is_shortest_float32("0.905")
    assert not is_shortest_float32("0.123456789")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[0.0070 0.0073 0.9927 0.0066]]", "[[0.0070 0.0073 0.4927 0.0066]]", "solved = true, but the outputs are "),
        ("Error = 0.5003", "Error = 0.5013", "printed 0.5013"),
        ("Error = 0.0001\n", "Error = 0.0003\n", "the loss where training stops is 0.0003, not below 0.0001"),
        ("[[0.4955 0.5135 ", "[[0.4955 1.5135 ", "no probability: ['1.5135']"),
    ],
)
def test_a_printed_run_that_contradicts_itself_fails(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A block whose numbers cannot be true together is reported with what does not fit."""
    text = load_all()["numpy-dnn/321_1"].file.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "numpy-dnn" / "321_1.toml"
    file.parent.mkdir()
    file.write_text(text.replace(old, new), encoding="utf-8")
    example = load(file)
    assert isinstance(example, NetworkExample)
    findings = Findings(example=example.id, engine="reference", check="unreproducible", dtype="float64")
    assert message in "\n".join(check_unreproducible(Case(example, "reference"), findings))
