"""The benchmark of epochs: its rows, and the plain loop."""

from adapters import load_engine
from benchmarks.epochs import EXAMPLE, HEAD, Timing, measure, plain_loop, row, rows
from benchmarks.examples import chosen
from worked_examples import NetworkExample


def test_the_table_has_a_row_for_the_plain_loop_and_each_path() -> None:
    """Every row is as wide as the head."""
    example = chosen(EXAMPLE, NetworkExample)
    title, head, plain_loop, eager, compiled = rows(example, ["reference"], plain_epochs=3, eager_epochs=2, compiled_epochs=5)
    assert title == f"{EXAMPLE}: {example.title}"
    assert head == HEAD
    assert plain_loop.startswith("plain NumPy loop ")
    assert eager.startswith("reference eager ")
    assert compiled.startswith("reference compiled ")
    assert {len(plain_loop), len(eager), len(compiled)} == {len(HEAD)}


def test_another_example_has_no_plain_loop() -> None:
    """Its ratios to it are dashes."""
    _, _, eager, _ = rows(chosen("ours/momentum", NetworkExample), ["reference"], eager_epochs=2, compiled_epochs=5)
    assert eager.startswith("reference eager ")
    assert eager.split()[3] == "-"


def test_a_ratio_above_1_is_faster() -> None:
    """Twice as fast as the plain loop of 4 microseconds, four times as fast as the eager path of 8."""
    assert row("x", Timing(1.5, 2.0, 7), loop_time=4, eager_time=8).split() == ["x", "2.00", "2.00", "4.0", "1.50", "7"]


def test_the_first_epoch_is_not_part_of_the_run() -> None:
    """A run of two epochs is timed after the trainer is back at epoch 0."""
    assert measure(load_engine("reference"), chosen(EXAMPLE, NetworkExample), compiled=False, limit=2).epochs == 2


def test_the_plain_loop_runs_the_example() -> None:
    """Its layers and data have the shapes that the loop expects."""
    plain_loop(chosen(EXAMPLE, NetworkExample), 2)
