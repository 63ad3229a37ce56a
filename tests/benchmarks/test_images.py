"""The benchmark of networks on images runs without data, and tells compilation from the rest."""

from pathlib import Path

import pytest
from verification.images.image_data import initial

from adapters import load_engine
from benchmarks import images
from benchmarks.image_runs import Timed, chosen

NAME = "dl-python/twolayer-backprop"


def test_without_data_the_digits_are_learnt_and_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table has one row for an example and engine, with the digits as its images; the line below it names the example."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr(images, "ENGINES", {"reference": ("adapters.reference.engine", "numpy")})
    head, rule, row, note = images.rows([NAME], tmp_path)
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert len(cells) == head.count("|") - 1 == rule.count("---")
    assert cells[:5] == [NAME, "reference", "sklearn_digits", "eager", "–"]
    assert int(cells[6].replace(",", "")) > 0
    assert note.endswith(f"not available: {NAME}.")


def test_printed_times_stand_beside_ours() -> None:
    """The times of the page are named as it names them; an example without any has a dash."""
    assert images.times(chosen("numpy-dnn/325_1")) == "seconds 69.69"
    assert images.times(chosen(NAME)) == "–"


def test_compilation_is_what_a_first_call_takes_longer() -> None:
    """For each number of patterns the quickest later call counts; what was called only once tells nothing."""
    example = chosen(NAME)
    timed = Timed(load_engine("reference").minibatch_trainer(example, initial(example, 64), "float64", compiled=True))
    timed.calls = {1000: [5.0, 1.5, 1.0], 10: [0.2, 0.3], 7: [9.0]}
    assert timed.compilation == 4.0
