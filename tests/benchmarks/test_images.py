"""The table of networks on images runs without data, and shows printed times beside measured ones."""

from pathlib import Path

import pytest

from benchmarks import images
from benchmarks.examples import chosen
from verification.images.data import DIGITS
from worked_examples import ImageExample

NAME = "dl-python/twolayer-backprop"


def test_without_data_the_network_runs_on_the_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table has one row for an example and engine, with the digits as its images; the line below it names the example."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    head, rule, row, note = images.rows([NAME], ["reference"], tmp_path)
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert len(cells) == head.count("|") - 1 == rule.count("---")
    assert cells[:5] == [NAME, "reference", DIGITS, "eager", "–"]
    assert int(cells[6].replace(",", "")) > 0
    assert note.endswith(f"not available: {NAME}.")


def test_printed_times_are_beside_measured_ones() -> None:
    """The times of the document are named as it names them; an example without any has a dash."""
    assert images.printed_times(chosen("numpy-dnn/325_1", ImageExample)) == "seconds 69.69"
    assert images.printed_times(chosen(NAME, ImageExample)) == "–"
