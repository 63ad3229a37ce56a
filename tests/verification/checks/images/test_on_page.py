"""The checks that need the page's images can fail, here with scikit-learn's digits in their place."""

import re
from collections.abc import Callable

import numpy as np
import pytest

from adapters.log_rows import LogRow
from adapters.schedule import training_of
from verification.case import Case
from verification.checks.images.on_page import as_printed, contradicting_settings, other_digits, results_by_title
from verification.images import data
from verification.images.training_runs import rows_on_page
from verification.records import Findings, Outcome, PredictionCount
from verification.seeds import seed_files
from verification.seeds.percentiles import Quantity, among_seeds
from worked_examples import ImageExample
from worked_examples.datasets import sets

ImageExamples = Callable[[str], ImageExample]
OnReference = Callable[[ImageExample], Case[ImageExample]]
Judged = Callable[[Case[ImageExample], str], Findings]
WithFault = Callable[..., Case[ImageExample]]
TRAINED, PRETRAINED = "dl-python/twolayer-backprop", "study-notes/mnist-inference"
LOSS = "iteration 999, loss"


@pytest.mark.usefixtures("digits_for_mnist")
@pytest.mark.parametrize(("fault", "message"), [("CountsAfter", "after 1 updates: "), ("Single", f"{LOSS}: ")])
def test_a_fault_in_a_training_is_caught(
    image_example: ImageExamples, with_fault: WithFault, judged: Judged, fault: str, message: str
) -> None:
    """With the fault the check fails and says what happened; without it the check passes."""
    case = with_fault(image_example(TRAINED), fault)
    assert judged(case.on("reference"), "log_rows").problems == []
    assert any(problem.startswith(message) for problem in judged(case, "log_rows").problems)


@pytest.mark.usefixtures("digits_for_mnist")
@pytest.mark.parametrize(
    "message", ["test, scaled, in batches of 100: ", "test, scaled, one by one and test, scaled, in batches of 100: "]
)
def test_a_fault_in_inference_is_caught(
    image_example: ImageExamples,
    with_fault: WithFault,
    judged: Judged,
    shorter_batches: Callable[[ImageExample], ImageExample],
    message: str,
) -> None:
    """Outputs that depend on the batch fail beside the reference's, and beside those for one sample at a time."""
    case = with_fault(shorter_batches(image_example(PRETRAINED)), "OneRow")
    assert judged(case.on("reference"), "predictions").problems == []
    assert any(problem.startswith(message) for problem in judged(case, "predictions").problems)


@pytest.mark.usefixtures("digits_for_mnist")
def test_other_outputs_of_one_image_are_caught(
    image_example: ImageExamples,
    with_fault: WithFault,
    judged: Judged,
    shorter_batches: Callable[[ImageExample], ImageExample],
) -> None:
    """Outputs that classify every image as the reference does are yet compared with the exact ones of the setting's image."""
    committed = shorter_batches(image_example(PRETRAINED))
    settings = [setting.model_copy(update={"image": 7}) for setting in committed.inference_settings[:1]]
    case = with_fault(committed.model_copy(update={"inference_settings": settings, "printed": []}), "ShiftedOutputs")
    assert judged(case.on("reference"), "predictions").problems == []
    (problem,) = judged(case, "predictions").problems
    assert problem.startswith("test, scaled, one by one: outputs of image 7 [")
    assert "difference 1.0e-06, bound " in problem


@pytest.mark.usefixtures("digits_for_mnist")
@pytest.mark.parametrize(
    ("fault", "name", "check_name", "line"),
    [
        ("NanWeights", TRAINED, "log_rows", "the weights at the end are not finite, or not of the reference's shapes"),
        ("FewerWeights", TRAINED, "log_rows", "the weights at the end are not finite, or not of the reference's shapes"),
        ("NanMargins", TRAINED, "log_rows", "not finite after 1 updates: a quantity of the log row, or a margin"),
        ("NanOutputs", PRETRAINED, "predictions", "test, scaled, one by one: an output is not finite"),
    ],
)
def test_what_is_not_finite_fails_and_is_not_recorded(
    fault: str, name: str, check_name: str, line: str, image_example: ImageExamples, with_fault: WithFault, judged: Judged
) -> None:
    """JSON knows no nan: the line says what it is, and the rest of the run is written."""
    findings = judged(with_fault(image_example(name), fault), check_name)
    assert line in findings.problems
    assert (findings.images.run_time, findings.images.predictions) == (None, None)


def test_rows_without_one_in_common_are_a_line(image_example: ImageExamples) -> None:
    """Nothing compared is not equal."""
    assert list(other_digits(image_example(TRAINED), [], {LOSS: 0.3}, "by the reference")) == [
        "no log row of the page is computed by the reference"
    ]


@pytest.mark.usefixtures("digits_for_mnist")
def test_rows_unlike_the_committed_seed_are_caught(
    monkeypatch: pytest.MonkeyPatch, image_example: ImageExamples, on_reference: OnReference, judged: Judged
) -> None:
    """A result that is not that of the first committed seed fails, with both numbers and the file."""
    committed = among_seeds(Quantity(LOSS, "0.5", np.array([0.5]))).model_copy(update={"values": [0.5]})
    monkeypatch.setattr(seed_files, "quantities", lambda _: [committed])
    (problem,) = judged(on_reference(image_example(TRAINED)), "log_rows").problems
    assert problem.startswith(f"{LOSS}: 0.")
    assert problem.endswith("twolayer-backprop.json")
    assert ", but 0.5 in " in problem


@pytest.mark.usefixtures("digits_for_mnist")
def test_rows_times_and_pictures_are_recorded(image_example: ImageExamples, on_reference: OnReference, judged: Judged) -> None:
    """Each computed row in the decimals of the print; the reference is at no distance from itself, and draws the pictures."""
    case = on_reference(image_example(TRAINED))
    recorded = judged(case, "log_rows").images
    assert recorded.run_time
    assert (recorded.run_time.path, recorded.run_time.distance) == ("eager", 0.0)
    assert recorded.log_rows
    assert len({row.title: row.value for row in recorded.log_rows}[LOSS].partition(".")[2]) > 1
    assert recorded.pictures
    assert recorded.pictures["updates"] == rows_on_page(case.example)[-1]


@pytest.mark.usefixtures("digits_for_mnist")
def test_predictions_are_recorded_by_setting(
    image_example: ImageExamples,
    on_reference: OnReference,
    judged: Judged,
    shorter_batches: Callable[[ImageExample], ImageExample],
) -> None:
    """Every inference setting has its count, and the reference draws the pictures."""
    example = shorter_batches(image_example(PRETRAINED))
    recorded = judged(on_reference(example), "predictions").images
    assert recorded.predictions
    assert [count.inference_setting for count in recorded.predictions] == [setting.name for setting in example.inference_settings]
    assert recorded.pictures


@pytest.mark.parametrize(("name", "check_name"), [(TRAINED, "log_rows"), (PRETRAINED, "predictions")])
def test_without_the_page_s_images_nothing_is_judged(
    monkeypatch: pytest.MonkeyPatch,
    image_example: ImageExamples,
    on_reference: OnReference,
    judged: Judged,
    name: str,
    check_name: str,
) -> None:
    """The reason says that the data are not available; nothing fails."""
    monkeypatch.setenv("KERAS_HOME", "/nowhere")
    findings = judged(on_reference(image_example(name)), check_name)
    assert (findings.outcome, findings.problems) == (Outcome.NOT_JUDGED, [])
    assert findings.reason.startswith("data not available: ")


def test_a_result_is_written_as_it_is_printed() -> None:
    """With the decimals of the printed text, rounded half to even."""
    assert [as_printed(0.125, text) for text in ("0.50", "7", "0.1000")] == ["0.12", "0", "0.1250"]


def test_digits_that_rounding_reaches_are_not_compared(image_example: ImageExamples) -> None:
    """A loss printed to 17 digits may differ in the last ones, and not in the fourth."""
    example, short = image_example(TRAINED), "0.216126172813"
    tables = [table.model_copy(update={"text": table.text.replace(short, f"{short}55555")}) for table in example.log]
    longer = example.model_copy(update={"log": tables})

    def differences(loss: float) -> list[str]:
        rows = [LogRow(1000, {"loss of the batch": loss}, 0.0)]
        assert results_by_title(longer, rows) == {LOSS: loss}
        return list(other_digits(longer, rows, {LOSS: 0.3}, "by the reference"))

    assert as_printed(0.3 + 2e-16, f"{short}55555") != as_printed(0.3, f"{short}55555")
    assert differences(0.3 + 2e-16) == []
    assert differences(0.3001) == [f"{LOSS}: 0.3001, but 0.3 by the reference"]


def test_settings_that_differ_in_the_batch_only_are_compared(image_example: ImageExamples) -> None:
    """One more image in batches than one by one is a pair; raw and scaled images are not compared."""
    example = image_example(PRETRAINED)
    counts = {"test, scaled, one by one": 9352, "test, scaled, in batches of 100": 9353}
    by_setting = {
        setting.name: PredictionCount(
            inference_setting=setting.name,
            n_images=10_000,
            n_correct=counts.get(setting.name, 9207),
            min_margin=1.0,
            seconds=0.0,
        )
        for setting in example.inference_settings
    }
    assert list(contradicting_settings(example, by_setting)) == [tuple(counts)]


def test_printed_rows_of_our_own_seeds_are_compared(
    monkeypatch: pytest.MonkeyPatch, image_example: ImageExamples, on_reference: OnReference, judged: Judged
) -> None:
    """Here on enlarged digits in batches of 32, where they are others."""
    monkeypatch.setattr(data, "load", lambda *_: sets.load("enlarged_digits"))
    example = image_example("ours/lenet")
    training = training_of(example).model_copy(update={"batch_size": 32})
    problems = judged(on_reference(example.model_copy(update={"training": training})), "log_rows").problems
    assert len(problems) == 8
    assert all(re.fullmatch(r"step \d0, (loss|accuracy): [\d.]+, but [\d.]+ is printed", problem) for problem in problems)
