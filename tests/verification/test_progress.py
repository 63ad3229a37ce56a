"""Lines on how far a long run is."""

import pytest

from verification.progress import ProgressLines


def test_a_line_is_printed_at_most_every_few_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    """At once where no time must pass, after the label; nothing where the last line is recent."""
    ProgressLines("an example", seconds=-1)("epoch 1")
    ProgressLines("another", seconds=60)("epoch 1")
    assert capsys.readouterr().out == "  an example: epoch 1\n"


def test_the_second_line_waits_for_its_turn(capsys: pytest.CaptureFixture[str]) -> None:
    """The time runs from the last printed line."""
    lines = ProgressLines(seconds=60)
    lines.last -= 61
    lines("first")
    lines("second")
    assert "second" not in capsys.readouterr().out
