"""Wrong numbers in printed tables on images are caught."""

from collections.abc import Callable

import numpy as np
import pytest

from verification.case import Case
from verification.checks.images.printed_tables import accuracies, disordered, is_claim, table_numbers
from verification.records import Findings, Outcome
from verification.seeds import seed_files
from verification.seeds.percentiles import Quantity, among_seeds
from worked_examples import ImageExample
from worked_examples.printed.claims import claims

ImageExamples = Callable[[str], ImageExample]
OnReference = Callable[[ImageExample], Case[ImageExample]]
Judged = Callable[[Case[ImageExample], str], Findings]
PRINTS, PRETRAINED = "numpy-dnn/325_1", "study-notes/mnist-inference"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("miss: 2371", "miss: 2372", "miss, row 1, console of 325_1.py: printed 2372, computed"),
        ("accuracy: 0.952200", "accuracy: 0.952201", "accuracy, row 18, console of 325_1.py: printed 0.952201"),
        ("epoch: 2 rc: 30000", "epoch: 2 rc: 30001", "rc, row 9, console of 325_1.py: printed 30001"),
        ("epoch: 3 rc: 10000", "epoch: 2 rc: 10000", "epoch, row 13, console of 325_1.py: printed 2"),
        ("epoch: 3 rc: 10000", "epoch: 2 rc: 10000", "console of 325_1.py: rows after [10000, 20000"),
        ("percent = 95.22", "percent = 95.23", "percent, row 1, time below the lines"),
    ],
)
def test_a_wrong_number_in_a_table_is_caught(
    image_example: ImageExamples, on_reference: OnReference, judged: Judged, old: str, new: str, message: str
) -> None:
    """A printed number that its row, or the tables before it, contradict fails with its row and place."""
    case = on_reference(image_example(PRINTS))
    tables = {"log": case.example.log, "printed": case.example.printed}
    changed = {
        key: [table.model_copy(update={"text": table.text.replace(old, new)}) for table in of_key] for key, of_key in tables.items()
    }
    assert changed != tables
    assert judged(case, "printed").problems == []
    problems = judged(on_reference(case.example.model_copy(update=changed)), "printed").problems
    assert any(message in problem for problem in problems)


@pytest.mark.usefixtures("digits_for_mnist")
def test_a_printed_result_without_a_percentile_is_caught(
    monkeypatch: pytest.MonkeyPatch, image_example: ImageExamples, on_reference: OnReference, judged: Judged
) -> None:
    """Where seeds are committed every printed result must be among them; where none are, a note says so."""
    case = on_reference(image_example(PRINTS))
    findings = judged(case, "printed")
    assert findings.notes == ["the printed results have no percentile among seeds: there is no file of them"]
    assert findings.problems == []
    another = among_seeds(Quantity("another result", "0", np.zeros(2)))
    monkeypatch.setattr(seed_files, "quantities", lambda _: [another])
    assert "epoch 1, rc 10000, hit has no percentile among the seeds" in judged(case, "printed").problems[0]


def test_without_data_the_other_numbers_are_judged(
    monkeypatch: pytest.MonkeyPatch, image_example: ImageExamples, on_reference: OnReference, judged: Judged
) -> None:
    """What follows from the page alone has a verdict; the rest is counted, with the reason."""
    monkeypatch.setenv("KERAS_HOME", "/nowhere")
    findings = judged(on_reference(image_example(PRETRAINED)), "printed")
    assert findings.outcome is Outcome.NOT_JUDGED
    assert findings.n_not_judged > 0
    assert "data not available: " in findings.reason
    assert findings.notes == []


@pytest.mark.usefixtures("digits_for_mnist")
def test_every_printed_accuracy_has_the_settings_that_give_it(
    image_example: ImageExamples, on_reference: OnReference, shorter_batches: Callable[[ImageExample], ImageExample]
) -> None:
    """On other images no inference setting gives the printed accuracies, and the notes say so."""
    notes = list(accuracies(on_reference(shorter_batches(image_example(PRETRAINED)))))
    assert notes
    assert all(note.startswith("accuracy 0.") and note.endswith("under no inference setting") for note in notes)


def test_rows_in_order_are_no_problem(image_example: ImageExamples) -> None:
    """Every committed example's rows come one after the other, and end where its training ends."""
    assert list(disordered(image_example(PRINTS))) == []


def test_a_number_knows_its_row_and_the_last_rows_before(image_example: ImageExamples) -> None:
    """The percentage below the table is beside the last row of the table."""
    first, *_, last = table_numbers(image_example(PRINTS))
    assert (first.row, last.row) == (0, 0)
    assert first.known["epoch"] == 1
    assert last.known["epoch"] == 3


def test_results_of_a_training_and_times_are_no_claims(image_example: ImageExamples) -> None:
    """Correctly classified samples are random; wrong ones and the accuracy follow from them; seconds are the author's."""
    example = image_example(PRINTS)
    by_name = {claim.name: is_claim(example, claim) for claim in claims(example)}
    assert {name for name, claimed in by_name.items() if not claimed} >= {"hit", "seconds"}
    assert by_name["miss"]
    assert by_name["accuracy"]
