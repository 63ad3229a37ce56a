"""The summary: one line an example, a screen wide, and everything that needs saying once."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from verification.records import (
    Counts,
    Ending,
    EpochCount,
    EpochResult,
    ExampleResult,
    Findings,
    ImageFindings,
    OnPage,
    Outcome,
    PredictionCount,
    PrintedNumber,
    RunTime,
    SourceResult,
    Totals,
)
from verification.results import merging, summary
from verification.seeds.percentiles import Quantity, among_seeds
from verification.session import Session
from verification.verdicts.verdict import Verdict

NAME, TRAINED, PRETRAINED = "numpy-dnn/311_1", "numpy-dnn/325_1", "study-notes/mnist-inference"
ENGINES = ("reference", "keras")
Finding = Callable[..., Findings]


@pytest.fixture
def summarized(example: Callable[[str], Any]) -> Callable[..., list[str]]:
    """``summarized(findings...)``: the lines of the summary of a run of three examples."""
    session = Session([example(name) for name in (NAME, TRAINED, PRETRAINED)], engine_names=ENGINES)
    return lambda *findings: list(summary.lines(merging.collect(session, findings)))


def entry(**fields: Any) -> ExampleResult:
    """The result of an example."""
    source = SourceResult(document="a", section="b")
    return ExampleResult(**{"title": "", "kind": "network", "source": source, "provenance": "ours"} | fields)


def squeezed(lines: list[str], word: str) -> list[str]:
    """The lines with a word, each with single spaces."""
    return [" ".join(line.split()) for line in lines if word in line]


def test_an_example_is_one_line(summarized: Callable[..., list[str]], finding: Finding) -> None:
    """Verdict, printed numbers, errata, epochs by engine, least digits, notes."""
    lines = summarized(
        finding("epochs", epochs=EpochCount(printed=79, certified=79, reached=79)),
        finding("epochs", "keras", epochs=EpochCount(printed=79, certified=79, reached=None), notes=["fragile"]),
        finding("outputs", correct_digits={"output": 15.2, "loss": 14.9}),
    )
    assert squeezed(lines[:2], NAME) == [f"{NAME} errata - 3 79 79 never 14.9 1"]


def test_no_line_of_the_table_is_wider_than_a_screen(summarized: Callable[..., list[str]], finding: Finding) -> None:
    """At most 160 characters, without spaces at the end."""
    lines = summarized(finding("outputs"), finding("printed", example=PRETRAINED))[:3]
    assert all(len(line) <= summary.WIDTH and line == line.rstrip() for line in lines)


@pytest.mark.parametrize(
    ("epochs", "who", "text"),
    [
        (None, "book", "-"),
        (EpochResult(printed=79), "book", "79"),
        (EpochResult(), "book", "-"),
        (EpochResult(engines={"keras": 80}), "keras", "80"),
        (EpochResult(engines={"keras": 0}), "keras", "0"),
        (EpochResult(engines={"keras": None}), "keras", "never"),
        (EpochResult(engines={"keras": 80}), "torch", "-"),
    ],
)
def test_an_epoch_is_a_number_never_or_absent(epochs: EpochResult | None, who: str, text: str) -> None:
    """An engine that never stops says so; one that did not take part, and a book that prints none, have a dash."""
    assert summary.stop(epochs, who) == text


@pytest.mark.parametrize(
    ("digits", "text"),
    [
        ({}, "-"),
        ({"reference": {"output": "exact"}}, "exact"),
        ({"reference": {"output": "exact", "loss": 15.26}, "keras": {"loss": 14.94}}, "14.9"),
    ],
)
def test_the_least_digits_of_all_engines_are_shown(digits: dict[str, Any], text: str) -> None:
    """Exact only where everything is."""
    assert summary.least(entry(correct_digits=digits)) == text


def test_endings_in_smaller_types_have_a_line(summarized: Callable[..., list[str]], finding: Finding) -> None:
    """By type and engine, with a dash where nothing was run."""
    lines = summarized(
        finding("float32", dtype="float32", ending=Ending(how="stopped", epoch=79)),
        finding("float16", "keras", dtype="float16", ending=Ending(how="stalled", epoch=1356)),
    )
    assert f"{NAME} - 79 - - stalled at 1,356" in squeezed(lines, "stalled")


def test_run_times_have_a_line(summarized: Callable[..., list[str]], finding: Finding, run_time: RunTime) -> None:
    """Path, seconds and peak memory by engine."""
    compiled = run_time.model_copy(update={"path": "compiled", "seconds": 7.4})
    lines = summarized(
        finding("log_rows", "reference", TRAINED, images=ImageFindings(run_time=run_time)),
        finding("log_rows", "keras", TRAINED, images=ImageFindings(run_time=compiled)),
    )
    assert squeezed(lines, "MiB") == [f"{TRAINED} eager 32.7 s 2,597 MiB compiled 7.4 s 2,597 MiB"]


def test_predictions_have_a_line_for_each_setting(
    summarized: Callable[..., list[str]], finding: Finding, predicted: PredictionCount
) -> None:
    """The counts of every engine and the smallest margin of all."""
    name = "test, raw, one by one"
    other = predicted.model_copy(update={"n_correct": 9206, "min_margin": 3e-9})
    lines = summarized(
        finding("predictions", "reference", PRETRAINED, images=ImageFindings(predictions=[predicted])),
        finding("predictions", "keras", PRETRAINED, images=ImageFindings(predictions=[other])),
    )
    assert f"{PRETRAINED}, {name}: of 10,000 images correct reference 9,207, keras 9,206; smallest margin 3.0e-09" in lines


def test_percentiles_are_counted_by_verdict(example: Callable[[str], Any], finding: Finding) -> None:
    """How many printed results have which verdict among how many seeds."""
    values = np.linspace(0, 1, 50)
    quantities = [among_seeds(Quantity(name, text, values)) for name, text in (("a", "0.5"), ("b", "9"), ("c", "0.4"))]
    collected = merging.collect(Session([example(TRAINED)]), [finding("printed", example=TRAINED)])
    collected.examples[TRAINED].percentiles = quantities
    (line,) = summary.percentiles(collected)
    assert line == f"{TRAINED}: 3 results among 50 seeds: 2 {quantities[0].verdict}, 1 {quantities[1].verdict}"


def test_what_was_not_judged_is_said_once(summarized: Callable[..., list[str]], finding: Finding) -> None:
    """One reason, however many checks and engines met it, is one line; below it are the checks of each example."""
    missing = {"outcome": Outcome.NOT_JUDGED, "reason": "data not available: mnist: not found"}
    lines = summarized(
        *(finding("log_rows", engine, TRAINED, **missing) for engine in ENGINES),
        *(finding("predictions", engine, PRETRAINED, **missing) for engine in ENGINES),
    )
    start = lines.index("NOT JUDGED: data not available: mnist: not found")
    assert lines[start + 1 : start + 3] == [
        f"  {TRAINED}: keras-log_rows, reference-log_rows",
        f"  {PRETRAINED}: keras-predictions, reference-predictions",
    ]
    assert sum("mnist: not found" in line for line in lines) == 1


def test_a_run_without_images_says_nothing_about_them(summarized: Callable[..., list[str]], finding: Finding) -> None:
    """No line on images, seeds or smaller types where there is nothing to say."""
    text = "\n".join(summarized(finding("outputs")))
    assert not any(word in text for word in ("images", "seeds:", "NOT JUDGED", "epochs in"))


def test_what_was_looked_for_on_the_page_is_said(summarized: Callable[..., list[str]], finding: Finding) -> None:
    """How many numbers and quotes; without the documents' text, that it was not judged; numbers of elsewhere are counted apart."""
    numbers = [
        PrintedNumber(where="", name="E", printed="1", verdict=Verdict.CONFIRMED, value="1", corrected="", taken_from=source)
        for source in ("page", "page", "literature")
    ]
    without = summarized(finding("printed", printed_numbers=numbers))
    assert "NOT JUDGED: whether what is printed stands on the page; give the text of the documents, --sources=DIR" in without
    assert "all: 2 of 2 printed numbers confirmed; beside the page 1 of 1; " in without[-1]
    judged = summarized(finding("printed", printed_numbers=numbers), finding("page", on_page=OnPage(numbers=2, found=1, quotes=3)))
    assert "; on the page 1 of 2 numbers found, 3 quotes looked for; beside the page 1 of 1; " in judged[-1]
    assert not any("NOT JUDGED" in line for line in judged)


def test_proofs_are_counted_by_evidence(summarized: Callable[..., list[str]], finding: Finding) -> None:
    """The last line has the totals of all documents, among them how many errata in words are proved by which evidence."""
    last = summarized(finding("errata", proofs={"computation": 1, "page": 2}))[-1]
    assert last.endswith(
        "0 statements; errata: author 3 (1 statement, 2 notation); in words 1 by computation, 2 by page; examples: 1 errata"
    )


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        (Counts(confirmed=3, total=3), "3 of 3 printed numbers confirmed; "),
        (
            Counts(confirmed=1, off=1, wrong=2, undecided=3, total=7),
            "1 of 7 printed numbers confirmed, 1 off, 2 wrong, 3 undecided; ",
        ),
        (Counts(truncated=1, total=1), "0 of 1 printed numbers confirmed, 1 truncated; "),
    ],
)
def test_every_verdict_is_counted(printed: Counts, words: str) -> None:
    """No printed number disappears from the line of its document."""
    assert summary.judgement(Totals(printed=printed)).startswith(words)
