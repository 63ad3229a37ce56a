"""Findings become results: in any order, by engine, with one verdict, and the same after a round trip through the file."""

import itertools
import random
from collections.abc import Callable
from typing import Any

import pytest

from adapters import load_engine
from verification.records import (
    Counts,
    ErratumResult,
    ExampleResult,
    Findings,
    ImageFindings,
    LoggedValue,
    Outcome,
    PredictionCount,
    PrintedNumber,
    Results,
    RunTime,
    SourceResult,
    StatementResult,
)
from verification.results import merging
from verification.session import Session
from verification.verdicts.verdict import Verdict
from worked_examples import ImageExample, NetworkExample
from worked_examples.schema.errata import NumberErratum

NAME, TRAINED, PRETRAINED = "numpy-dnn/311_1", "numpy-dnn/325_1", "study-notes/mnist-inference"
ENGINES = ("reference", "keras", "torch")
SETTING = "test, raw, one by one"
Finding = Callable[..., Findings]


def test_the_order_of_findings_does_not_matter(session: Session, findings: list[Findings]) -> None:
    """Whichever worker reports first, the results are the same."""
    expected, shuffle = merging.collect(session, findings), random.Random(79)  # noqa: S311 -- a shuffle is not a secret
    for _ in range(20):
        shuffled = [record.model_copy(deep=True) for record in findings]
        shuffle.shuffle(shuffled)
        assert merging.collect(session, shuffled) == expected


def test_counts_of_printed_numbers_are_those_of_the_first_engine(session: Session, findings: list[Findings]) -> None:
    """The first in the order of the run that judges them."""
    entry = merging.collect(session, findings).examples[NAME]
    assert entry.printed == Counts(confirmed=1, off=1, wrong=1, errata=1, labels=1, total=3)


def test_every_number_of_every_engine_is_kept(session: Session, finding: Finding) -> None:
    """Engines that judge alike share a record, twice where a number is printed twice; an engine that differs has its own."""
    fields: dict[str, Any] = {"where": "console", "name": "E", "printed": "1", "value": "1", "corrected": "1"}
    confirmed, wrong = (PrintedNumber(**fields, verdict=verdict) for verdict in (Verdict.CONFIRMED, Verdict.WRONG))
    by_engine = {"reference": [confirmed, confirmed], "keras": [confirmed, wrong], "torch": [confirmed, confirmed]}
    findings = [finding("printed", engine, printed_numbers=numbers) for engine, numbers in by_engine.items()]
    entry = merging.collect(session, findings).examples[NAME]
    assert [(number.verdict, number.engines) for number in entry.printed_numbers] == [
        (Verdict.CONFIRMED, ["reference", "keras", "torch"]),
        (Verdict.CONFIRMED, ["reference", "torch"]),
        (Verdict.WRONG, ["keras"]),
    ]
    assert entry.printed == Counts(confirmed=2, total=2)


def test_the_margin_of_an_engine_survives_another_that_never_stops(session: Session, findings: list[Findings]) -> None:
    """The margins and epochs of the other engines are kept, in every order."""
    epochs = [record for record in findings if record.check == "epochs"]
    for order in itertools.permutations(epochs):
        entry = merging.collect(session, order).examples[NAME]
        assert entry.epochs
        assert entry.epochs.margins == {"reference": 12.5, "torch": "exact"}
        assert entry.epochs.engines == {"reference": 79, "keras": None, "torch": 79}


def test_digits_endings_and_proofs_are_kept_by_engine(session: Session, findings: list[Findings]) -> None:
    """What two checks find of one engine is joined."""
    entry = merging.collect(session, findings).examples[NAME]
    assert entry.correct_digits == {"reference": {"output": 15.2, "parameters": "exact"}}
    assert entry.guaranteed_digits == {"reference": 14.1}
    assert (entry.float32["reference"].epoch, entry.float16["torch"].how) == (79, "stalled")
    assert entry.proofs == {"page": 2, "computation": 1}
    assert entry.problems == ["torch, outputs: output: computed 1"]


def test_notes_name_the_engine_once(session: Session, findings: list[Findings], finding: Finding) -> None:
    """Those of the reference are about the example; the same note of another engine says whose it is."""
    assert merging.collect(session, findings).examples[NAME].notes == ["fragile", "keras: fragile"]
    twice = merging.collect(session, [finding("epochs", notes=["a"]), finding("notes", notes=["a"])])
    assert twice.examples[NAME].notes == ["a"]


def test_images_are_kept_by_engine(
    session: Session, findings: list[Findings], finding: Finding, run_time: RunTime, predicted: PredictionCount
) -> None:
    """Log rows, times and predictions are under the engine's name, beside what is printed; pictures stay, whoever draws none."""
    rows, compiled = [LoggedValue(title="epoch 1", value="7509")], run_time.model_copy(update={"path": "compiled"})
    others = [
        finding("log_rows", "keras", TRAINED, images=ImageFindings(log_rows=rows, run_time=compiled)),
        finding("predictions", "torch", PRETRAINED, images=ImageFindings(predictions=[predicted])),
    ]
    examples = merging.collect(session, [*findings, *others]).examples
    trained, pretrained = examples[TRAINED].images, examples[PRETRAINED].images
    assert trained
    assert pretrained
    assert trained.log_rows == {"reference": rows, "keras": rows}
    assert {engine: entry.path for engine, entry in trained.run_times.items()} == {"reference": "eager", "keras": "compiled"}
    assert trained.pictures == {"a": "b"}
    assert {entry.title: entry.printed for entry in trained.printed}["epoch 1, rc 10000, hit"] == "7629"
    assert pretrained.predictions == {"keras": [predicted], "torch": [predicted]}
    assert {setting.inference_setting: setting.printed for setting in pretrained.settings}[SETTING] == [
        "Accuracy 0.9287 (erratum)",
        "Accuracy 0.9207",
    ]


def test_what_was_not_judged_is_counted_once(session: Session, finding: Finding) -> None:
    """Two engines that could not judge the same four numbers leave four numbers."""
    fields: dict[str, Any] = {"outcome": Outcome.NOT_JUDGED, "reason": "mnist: not found", "n_not_judged": 4}
    entry = merging.collect(session, [finding("printed", engine, PRETRAINED, **fields) for engine in ENGINES]).examples[PRETRAINED]
    assert (entry.n_not_judged, entry.verdict) == (4, "not_judged")


def test_an_example_without_images_has_none(session: Session, finding: Finding) -> None:
    """An example of another kind gets no tables on images."""
    assert merging.collect(session, [finding("outputs")]).examples[NAME].images is None


def test_versions_come_from_the_engines_that_took_part(session: Session, findings: list[Findings], finding: Finding) -> None:
    """Each engine's own words, and those of Python and the machine; an engine that computed nothing is not named."""
    always = {"python", "machine", "python-flint"}
    assert merging.collect(session, findings).versions.keys() == always | {"keras", "numpy"}
    of_reference = finding("outputs", versions=load_engine("reference").versions())
    assert merging.collect(session, [of_reference]).versions.keys() == always | load_engine("reference").versions().keys()


def test_only_examples_with_findings_are_in_the_results(session: Session, findings: list[Findings]) -> None:
    """In the order of the run, whatever came first."""
    assert list(merging.collect(session, reversed(findings)).examples) == [NAME, TRAINED, PRETRAINED]
    assert list(merging.collect(session, findings[:1]).examples) == [NAME]
    assert merging.collect(session, []).totals.examples == 0


@pytest.mark.parametrize(
    ("outcomes", "fields", "verdict"),
    [
        (["passed", "failed", "undecided", "not_judged"], {}, "failed"),
        (["passed", "undecided", "not_judged"], {}, "undecided"),
        (["passed", "not_judged"], {}, "not_judged"),
        (["not_applicable"], {}, "not_verified"),
        ([], {}, "not_verified"),
        (["passed"], {}, "nothing_printed"),
        (["passed", "not_applicable"], {"printed": Counts(total=1, confirmed=1)}, "confirmed"),
        (["passed"], {"statements": [StatementResult(where="", says="", holds=True, is_erratum=False)]}, "confirmed"),
    ],
)
def test_an_example_has_one_verdict(outcomes: list[str], fields: dict[str, Any], verdict: str) -> None:
    """The gravest outcome decides: an undecided number is neither a failure nor a confirmation."""
    checks = [{"engine": "reference", "check": "printed", "dtype": "float64", "outcome": outcome} for outcome in outcomes]
    source = SourceResult(document="a", section="b")
    entry = ExampleResult(**{"title": "", "kind": "network", "source": source, "provenance": "ours", "checks": checks} | fields)
    assert merging.verdict(entry) == verdict


def test_an_undecided_number_is_one_verdict_everywhere(session: Session, finding: Finding) -> None:
    """Counts, example and totals say undecided, not wrong and not confirmed."""
    number = PrintedNumber(where="console", name="E", printed="1", verdict=Verdict.UNDECIDED, value="1", corrected="1")
    undecided = finding("printed", outcome=Outcome.UNDECIDED, reason="1 of 1", printed_numbers=[number])
    collected = merging.collect(session, [undecided])
    assert collected.examples[NAME].verdict == "undecided"
    assert collected.totals.verdicts == {"undecided": 1}
    assert collected.totals.printed == Counts(undecided=1, total=1)


def test_totals_are_sums(session: Session, findings: list[Findings]) -> None:
    """By document and in all: examples, verdicts, printed numbers, statements, errata, proofs."""
    collected = merging.collect(session, findings)
    assert collected.documents.keys() == {"numpy-dnn", "study-notes"}
    assert collected.documents["numpy-dnn"].examples == 2
    assert collected.documents["numpy-dnn"].verdicts == {"failed": 1, "nothing_printed": 1}
    assert collected.totals.proofs == {"page": 2, "computation": 1}
    assert collected.totals.statements == 1
    assert collected.totals.errata == merging.slips(collected.examples.values())


def test_errata_of_one_slip_count_once() -> None:
    """In one document, by cause and weight; an erratum without a slip's name is one of its own."""

    def erratum(**changes: str) -> ErratumResult:
        given = {"cause": "author", "weight": "code", "slip": "", **changes}
        return ErratumResult(kind="words", where="", printed="1", correct="2", why="w", evidence="page", **given)

    def example(document: str, *errata: ErratumResult) -> ExampleResult:
        source = SourceResult(document=document, section="1")
        return ExampleResult(title="t", kind="network", source=source, provenance="ours", errata=list(errata))

    examples = [
        example("a", erratum(), erratum(), erratum(slip="s"), erratum(slip="s"), erratum(cause="recognition")),
        example("a", erratum(slip="s"), erratum(weight="result")),
        example("b", erratum(slip="s")),
    ]
    assert merging.slips(examples) == {"author": {"result": 1, "code": 4}, "recognition": {"code": 1}}
    assert merging.totals(examples).mistakes == 5


def test_kinds_of_examples_are_kept(session: Session, finding: Finding) -> None:
    """Title, kind, source and errata come from the fixture, whatever was checked."""
    entry = merging.collect(session, [finding("outputs")]).examples[NAME]
    chosen = session.examples[NAME]
    assert isinstance(chosen, NetworkExample | ImageExample)
    assert (entry.title, entry.kind, entry.source.listing) == (chosen.title, "network", "311_1.py")
    assert isinstance(merging.collect(session, []), Results)


def test_errata_have_what_running_them_gives_and_where_they_stand(example: Callable[[str], Any], finding: Finding) -> None:
    """In words by the check of errata and the page check, those of numbers by the verdict on their number."""
    in_words = example("numpy-dnn/311_1")
    places = {"errata[0].quote": [7, 9]}
    found = [finding("errata", outcomes=["", "epoch", ""]), finding("page", places=places), finding("outputs")]
    errata = merging.collect(Session([in_words]), found).examples[NAME].errata
    assert [(erratum.outcome, erratum.lines) for erratum in errata] == [("", [7, 9]), ("epoch", []), ("", [])]
    of_numbers = example("linear-algebra/backward-hidden")
    block = next(block for block in of_numbers.blocks if block.errata)
    first = block.errata[0]
    number = printed_number(first, where=block.where, value="certified 0.25 (exact)")
    other = number.model_copy(update={"index": (1, 0), "value": "certified 3 (exact)"})
    found = [finding("printed", example=of_numbers.id, printed_numbers=[other, number])]
    results = merging.collect(Session([of_numbers]), found).examples[of_numbers.id].errata
    assert next(each for each in results if each.printed == first.printed).outcome == "certified 0.25 (exact)"


def printed_number(erratum: NumberErratum, **fields: Any) -> PrintedNumber:
    """The number of an erratum, judged."""
    known = {"name": erratum.number, "index": erratum.at, "printed": erratum.printed, "corrected": erratum.correct}
    return PrintedNumber(**{**known, "verdict": Verdict.WRONG, "erratum": "number", **fields})
