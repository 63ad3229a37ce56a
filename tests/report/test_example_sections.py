"""A section says at length what the verdict table counts."""

from collections.abc import Callable

import pytest

from report.example_sections import sections
from verification.records import CheckResult, Counts, Ending, EpochResult, ExampleResult, Outcome, PrintedNumber, Results
from verification.seeds.records import SeedClaim
from verification.verdicts.verdict import Verdict

MakeExample = Callable[..., ExampleResult]
MakeResults = Callable[..., Results]


def check(outcome: Outcome, reason: str, engine: str = "reference") -> CheckResult:
    """A check of the printed numbers."""
    return CheckResult(engine=engine, check="printed", dtype="float64", outcome=outcome, reason=reason)


def test_facts_are_words(make_results: MakeResults, make_example: MakeExample) -> None:
    """Kinds of verdicts without a number are left out; what was not judged has its reason."""
    printed = Counts(confirmed=1_000, undecided=1, total=1_001)
    example = make_example(printed=printed, n_not_judged=7, checks=[check(Outcome.NOT_JUDGED, "no images")])
    (section,) = sections(make_results(example))
    assert dict(section.facts) == {
        "Kind": "network",
        "Provenance": "printed",
        "Printed numbers": "1,001: 1,000 confirmed, 1 undecided",
        "Not judged": "7 printed numbers: no images",
        "Statements": "1 of 2 hold",
        "Stop epoch": "printed 207,889, certified –",
    }


def test_engines_are_side_by_side(make_results: MakeResults, make_example: MakeExample) -> None:
    """Every row has a cell for each engine; measured and guaranteed digits are rows of their own."""
    epochs = EpochResult(printed=79, engines={"reference": 79}, margins={"reference": "exact", "keras": 457653.77})
    float32 = {"keras": Ending(how="unfinished", epoch=10)}
    example = make_example(epochs=epochs, guaranteed_digits={"reference": 8.82}, float32=float32)
    (section,) = sections(make_results(example))
    assert section.by_engine.rows == [
        ["stop epoch", "79", "–"],
        ["distance from the threshold, in errors of the loss", "exact", "457,653.77"],
        ["correct digits: output", "exact", "exact"],
        ["correct digits: loss", "16.08", "–"],
        ["digits that the divergence bound guarantees", "8.82", "–"],
        ["ends in float32", "–", "unfinished at 10"],
    ]


def test_endings_have_loss_and_reason(make_results: MakeResults, make_example: MakeExample) -> None:
    """A training that reaches its stop needs no sentence."""
    float32 = {
        "reference": Ending(how="stalled", epoch=760_932, loss=5.698e-07, reason="small steps"),
        "keras": Ending(how="stopped"),
    }
    (section,) = sections(make_results(make_example(float32=float32, float16={"keras": Ending(how="overflowed")})))
    assert section.endings == ["float32, reference: stalled at 760,932, loss 5.7e-07: small steps", "float16, keras: overflowed"]


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        ("undecided", "undecided: first W; first b; not judged: no images"),
        ("not_judged", "not judged: no images"),
        ("not_verified", "not verified"),
        ("failed", ""),
        ("confirmed", ""),
    ],
)
def test_the_reason_is_that_of_the_checks_with_this_outcome(
    make_results: MakeResults, make_example: MakeExample, verdict: str, reason: str
) -> None:
    """Reasons that several checks share are said once; a failure or a success has none."""
    checks = [
        check(Outcome.UNDECIDED, "first W"),
        check(Outcome.UNDECIDED, "first W", "keras"),
        check(Outcome.UNDECIDED, "first b"),
    ]
    checks += [check(Outcome.NOT_JUDGED, "no images"), check(Outcome.PASSED, "")]
    (section,) = sections(make_results(make_example(verdict=verdict, checks=checks)))
    assert section.skipped == reason
    assert section.open_checks == [
        "undecided: first W (reference, printed; keras, printed)",
        "undecided: first b (reference, printed)",
        "not judged: no images (reference, printed)",
    ]


@pytest.mark.parametrize(
    ("engines", "announced", "expected"),
    [
        (["reference", "keras"], False, ("undecided", "all")),
        (["keras"], False, ("undecided", "keras")),
        (["reference", "keras"], True, ("undecided (announced)", "all")),
    ],
)
def test_a_number_that_is_not_confirmed_says_who_judged_it_so(
    make_results: MakeResults, make_example: MakeExample, engines: list[str], announced: bool, expected: tuple[str, str]
) -> None:
    """All engines that judged any number, or the names of those that judged this one so; and whether it was announced."""
    fields = {"where": "page 1", "name": "W", "printed": "1", "value": "1", "corrected": "1"}
    confirmed = PrintedNumber(**fields, verdict=Verdict.CONFIRMED, engines=["reference", "keras"])
    undecided = PrintedNumber(**fields, verdict=Verdict.UNDECIDED, engines=engines, announced=announced)
    (section,) = sections(make_results(make_example(printed_numbers=[confirmed, undecided])))
    (unconfirmed,) = section.unconfirmed
    assert (unconfirmed.verdict, unconfirmed.engines) == expected


def test_statements_that_do_not_hold_are_listed(make_example: MakeExample, write_report: Callable[..., dict[str, str]]) -> None:
    """Both pages say whether a listed erratum explains them."""
    texts = write_report(make_example())
    assert "<li>page 2: it overflows (a listed erratum)</li>" in texts["index.html"]
    assert "| page 2 | it overflows | yes |" in texts["report.md"]
    assert "it stops" not in texts["index.html"]


def test_claims_of_seeds_are_on_the_page(make_example: MakeExample, write_report: Callable[..., dict[str, str]]) -> None:
    """A sentence has the fraction of seeds for which it holds."""
    page = write_report(make_example(seed_claims=[SeedClaim(claim="training stops", fraction=0.976)]))["index.html"]
    assert "<li>training stops: holds for 97.6 %</li>" in page
