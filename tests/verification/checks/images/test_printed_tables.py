"""Wrong numbers in printed tables on images are caught."""

from collections.abc import Callable

import numpy as np
import pytest

from verification.case import Case
from verification.checks.images.printed_tables import accuracies, disordered, is_claim, table_numbers
from verification.images.data import available
from verification.records import Findings, Outcome
from verification.seeds import seed_files
from verification.seeds.percentiles import Quantity, among_seeds
from verification.session import Session
from verification.verdicts.verdict import Verdict
from worked_examples import ImageExample
from worked_examples.errors import MissingDataError
from worked_examples.printed.claims import claims

ImageExamples = Callable[[str], ImageExample]
OnReference = Callable[[ImageExample], Case[ImageExample]]
Judged = Callable[[Case[ImageExample], str], Findings]
PRINTS, PRETRAINED = "numpy-dnn/325_1", "study-notes/mnist-inference"
ONE_IMAGE = "dl-python/mnist-pretrained"


@pytest.fixture
def of_image(pytestconfig: pytest.Config, image_example: ImageExamples, judged: Judged) -> Callable[..., Findings]:
    """``of_image(number, old, new)``: the committed numbers of one image, with a change, judged as those of image ``number``.

    They are of MNIST, with the data of ``--data``; skipped where these are not there.
    """
    session = Session(data=pytestconfig.getoption("--data"))

    def findings(number: int, old: str = "", new: str = "", arithmetic: str = "float32") -> Findings:
        committed = image_example(ONE_IMAGE)
        (block,) = (table for table in committed.printed if "y = [" in table.text)
        (setting,) = (setting for setting in committed.inference_settings if setting.image is not None)
        one = setting.model_copy(update={"name": f"of {number}", "image": number})
        text = block.text.replace(old, new)
        undecided = block.undecided if arithmetic == "float32" else []
        update = {"text": text, "inference_setting": one.name, "arithmetic": arithmetic, "undecided": undecided}
        table = block.model_copy(update=update)
        example = committed.model_copy(update={"printed": [table], "inference_settings": [one]})
        try:
            available(session, example)
        except MissingDataError as error:
            pytest.skip(f"data not available: {error}")
        return judged(Case(example, "reference", session), "printed")

    return findings


def verdicts(findings: Findings) -> dict[str, Verdict]:
    """The verdict on every number, by its name and index."""
    numbers = findings.printed_numbers or []
    return {number.name + "".join(map(str, number.index)): number.verdict for number in numbers}


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


def test_what_float32_leaves_open_of_an_image_s_outputs_is_undecided(of_image: Callable[..., Findings]) -> None:
    """The page's nine digits are more than every order of summation gives; its labels are certain. Nothing fails."""
    findings = of_image(15313)
    outputs = {f"y{index}": Verdict.UNDECIDED for index in range(4)}
    assert verdicts(findings) == {"label": Verdict.CONFIRMED, "guess": Verdict.CONFIRMED, **outputs}
    assert findings.outcome is Outcome.UNDECIDED
    assert all(number.announced for number in findings.printed_numbers or [] if number.name == "y")


@pytest.mark.parametrize("number", [15312, 15314, 37019])
def test_outputs_of_another_image_are_wrong(of_image: Callable[..., Findings], number: int) -> None:
    """A neighbour, and that of all training images whose outputs are the next: 30 per cent away."""
    findings = of_image(number)
    assert [verdicts(findings)[f"y{index}"] for index in range(4)] == [Verdict.WRONG] * 4
    assert findings.outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("1.41822547e-05", "1.42822547e-05", "y0"),
        ("2.35181437e-06", "2.36181437e-06", "y1"),
        ("1.51875982e-04", "1.51875982e-05", "y2"),
        ("3.35034133e-06", "3.37034133e-06", "y3"),
        ("label = 4", "label = 5", "label"),
        ("guess = 4", "guess = 9", "guess"),
    ],
)
def test_a_digit_that_no_order_of_summation_gives_is_wrong(
    of_image: Callable[..., Findings], old: str, new: str, name: str
) -> None:
    """Beyond four thousandths of an output no order of float32 gives it; a label is certain."""
    findings = of_image(15313, old, new)
    changed = verdicts(findings)
    assert changed.pop(name) in (Verdict.WRONG, Verdict.OFF)
    assert changed == {key: verdict for key, verdict in verdicts(of_image(15313)).items() if key != name}
    assert findings.outcome is Outcome.FAILED


def test_digits_that_every_order_gives_are_confirmed(of_image: Callable[..., Findings]) -> None:
    """A print with fewer digits is decided, so that its announcement fails."""
    findings = of_image(15313, "1.41822547e-05 2.35181437e-06 1.51875982e-04 3.35034133e-06", "1.4e-05 2e-06 1.5e-04 3e-06")
    assert set(verdicts(findings).values()) == {Verdict.CONFIRMED}
    (problem,) = findings.problems
    assert problem.endswith("is decided after all; take it out")


def test_exact_outputs_are_judged_to_the_last_digit(of_image: Callable[..., Findings]) -> None:
    """In exact arithmetic the page's own digits are wrong, and those of the exact value right, also of the engine."""
    page = of_image(15313, arithmetic="exact")
    assert [verdicts(page)[f"y{index}"] for index in range(4)] == [Verdict.WRONG] * 4
    exact = of_image(15313, "1.41822547e-05 2.35181437e-06", "1.41822493e-05 2.35181767e-06", "exact")
    assert [verdicts(exact)[f"y{index}"] for index in range(2)] == [Verdict.CONFIRMED] * 2
    float64 = of_image(15313, "1.41822547e-05 2.35181437e-06", "1.41822493e-05 2.35181767e-06", "float64")
    assert [verdicts(float64)[f"y{index}"] for index in range(2)] == [Verdict.CONFIRMED] * 2


def test_without_data_the_numbers_of_an_image_are_not_judged(
    monkeypatch: pytest.MonkeyPatch, image_example: ImageExamples, on_reference: OnReference, judged: Judged
) -> None:
    """No verdict, and no failure of what is announced."""
    monkeypatch.setenv("KERAS_HOME", "/nowhere")
    findings = judged(on_reference(image_example(ONE_IMAGE)), "printed")
    assert findings.outcome is Outcome.NOT_JUDGED
    assert not {"y", "label", "guess"} & {number.name for number in findings.printed_numbers or []}
    assert findings.problems == []
