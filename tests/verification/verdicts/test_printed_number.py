"""The verdict on one printed number: what the fixture announces passes, everything else is a line."""

from decimal import Decimal
from fractions import Fraction

import pytest

from verification.certification.certified_value import CertifiedValue, certified_value
from verification.records import Findings
from verification.verdicts.printed_number import Computed, is_coarse, settle
from verification.verdicts.verdict import Verdict
from worked_examples.printed.claims import Claim
from worked_examples.schema.errata import NumberErratum


def claim(text: str, erratum: NumberErratum | None = None) -> Claim:
    """A printed number."""
    return Claim(0, "console", "E", (), text, 0, erratum)


def certified(text: str, radius: str = "0") -> CertifiedValue:
    """An exact value, or one that is known to a radius."""
    return CertifiedValue(Decimal(text), Decimal(radius))


def corrected(correct: str, of_label: bool = False) -> NumberErratum:
    """A listed erratum of the number, or of its label."""
    return NumberErratum(
        number="E", printed="E" if of_label else "0.125", correct=correct, why="a slip", cause="author", weight="result"
    )


def settled(printed: Claim, computed: Computed) -> tuple[list[str], Verdict, str]:
    """The lines, the recorded verdict and what the record says of an erratum."""
    findings = Findings(example="a/b", engine="reference", check="printed", dtype="float64")
    lines = list(settle(printed, "E", findings, computed))
    (number,) = findings.printed_numbers or []
    return lines, number.verdict, number.erratum


@pytest.mark.parametrize(
    ("text", "computed", "verdict", "line"),
    [
        ("0.13", Computed(0.1251), Verdict.CONFIRMED, ""),
        ("0.12", Computed(0.1251), Verdict.TRUNCATED, "should read 0.13"),
        ("0.14", Computed(0.1251), Verdict.OFF, "should read 0.13"),
        ("0.19", Computed(0.1251), Verdict.WRONG, "should read 0.13"),
        ("0.13", Computed(float("nan")), Verdict.WRONG, "should read nan"),
        ("0.13", Computed(float("inf")), Verdict.WRONG, "should read inf"),
        ("0.13", Computed(0.1251, certified("0.1251")), Verdict.CONFIRMED, ""),
        ("0.13", Computed(0.1351, certified("0.1251")), Verdict.CONFIRMED, "this engine would print 0.14"),
        ("0.13", Computed(0.1251, certified("0.1351")), Verdict.TRUNCATED, "should read 0.14"),
        ("0.13", Computed(0.125, certified("0.125", "0.001")), Verdict.UNDECIDED, ""),
        ("0.19", Computed(0.125, certified("0.125", "0.001")), Verdict.WRONG, "should read 0.12 or 0.13"),
        ("0.14", Computed(0.125, certified("0.125", "0.001")), Verdict.OFF, "should read 0.12 or 0.13"),
        ("0.19", Computed(0.125, certified("0", "Infinity")), Verdict.UNDECIDED, ""),
        ("0.13", Computed(float("nan"), certified("0.1251")), Verdict.CONFIRMED, "this engine would print nan"),
        ("0.12", Computed(0.12500000000000003, certified("0.125")), Verdict.CONFIRMED, ""),
    ],
)
def test_a_number_without_an_erratum_must_be_confirmed(text: str, computed: Computed, verdict: Verdict, line: str) -> None:
    """By its exact value where that is known, and the engine's own must then print the same; a possible rounding is undecided."""
    lines, settled_verdict, erratum = settled(claim(text), computed)
    assert (settled_verdict, erratum) == (verdict, "")
    assert len(lines) == bool(line)
    assert line in "".join(lines)


@pytest.mark.parametrize(
    ("text", "computed", "verdict", "line"),
    [
        ("12.5%", Computed(0.1251), Verdict.CONFIRMED, ""),
        ("12.5%", Computed(0.1256), Verdict.TRUNCATED, "should read 12.6%"),
        ("12.5%", Computed(0.1261), Verdict.OFF, "should read 12.6%"),
        ("12.5%", Computed(0.2), Verdict.WRONG, "should read 20.0%"),
        ("12.5%", Computed(0.125, certified("0.1255", "0.001")), Verdict.UNDECIDED, ""),
        ("19.5%", Computed(0.125, certified("0.1255", "0.0001")), Verdict.WRONG, "should read 12.5% or 12.6%"),
        ("-0.0%", Computed(-0.0001), Verdict.CONFIRMED, ""),
        ("0.0%", Computed(-0.0001), Verdict.WRONG, "should read -0.0%"),
        ("1,234", Computed(1234.4), Verdict.CONFIRMED, ""),
        ("1,234", Computed(1235.0), Verdict.OFF, "should read 1,235"),
        ("1,234.50", Computed(999.5), Verdict.WRONG, "should read 999.50"),
        ("007", Computed(7.0), Verdict.CONFIRMED, ""),
        ("007", Computed(8.0), Verdict.OFF, "should read 008"),
        ("1/2", Computed(0.5), Verdict.CONFIRMED, ""),
        ("1/2", Computed(0.5, certified("0.52")), Verdict.WRONG, "should read 13/25"),
        ("1/2", Computed(0.5, certified("0.49999999999999999")), Verdict.WRONG, "should read 0.49999999999999999"),
        ("1/3", Computed(1 / 3, certified_value(Fraction(1, 3))), Verdict.CONFIRMED, ""),
        ("1/3", Computed(1 / 3, certified_value(Fraction(2, 3))), Verdict.WRONG, "should read 2/3"),
        ("1/3", Computed(1 / 3, certified("0.3333333", "0.0000001")), Verdict.UNDECIDED, ""),
        ("1/3", Computed(1 / 3, certified("0.3", "0.001")), Verdict.WRONG, ""),
    ],
)
def test_a_number_is_judged_in_its_notation(text: str, computed: Computed, verdict: Verdict, line: str) -> None:
    """Its last place is that of the number that it means, and the corrected text has the same notation."""
    lines, settled_verdict, _ = settled(claim(text), computed)
    assert settled_verdict is verdict
    assert len(lines) == (verdict not in (Verdict.CONFIRMED, Verdict.UNDECIDED))
    assert line in "".join(lines)


def test_an_engine_that_would_print_another_percentage_is_told() -> None:
    """In the notation of the print."""
    lines, verdict, _ = settled(claim("12.5%"), Computed(0.135, certified("0.125")))
    assert (verdict, lines) == (
        Verdict.CONFIRMED,
        ["E: printed 12.5%, computed 0.135, certified 0.125 (exact): this engine would print 13.5%"],
    )


def test_digits_beyond_float64_are_not_expected_of_the_engine() -> None:
    """Sixteen printed digits of a certified value are confirmed, although the engine's last ones are others."""
    computed = 0.1000000000000002
    assert settled(claim("0.1000000000000001"), Computed(computed, certified("0.10000000000000010")))[0] == []


@pytest.mark.parametrize(
    ("text", "value", "expected"), [("0.1", 0.1, True), ("0.10000000000000", 0.1, False), ("1", float("inf"), True)]
)
def test_a_print_is_coarse_where_its_last_digit_is_worth_many_spacings(text: str, value: float, expected: bool) -> None:
    """A thousand of them."""
    assert is_coarse(text, value) is expected


@pytest.mark.parametrize(
    ("computed", "correct", "line"),
    [
        (0.25, "0.250", ""),
        (0.125, "0.250", "the erratum is none: the printed 0.125 is confirmed"),
        (0.375, "0.250", "the erratum says 0.250, but computed 0.375 should read 0.375"),
    ],
)
def test_an_erratum_of_a_number_must_be_one(computed: float, correct: str, line: str) -> None:
    """What is printed is wrong, and what is given as correct is right."""
    lines, _, erratum = settled(claim("0.125", corrected(correct)), Computed(computed))
    assert erratum == "number"
    assert len(lines) == bool(line)
    assert line in "".join(lines)


@pytest.mark.parametrize(
    ("computed", "of_label", "line"),
    [
        (0.125, 0.25, ""),
        (0.125, 0.125, "the erratum is none: the number also fits its printed label E"),
        (0.25, 0.375, "under the corrected label too, printed 0.125, computed 0.25"),
    ],
)
def test_an_erratum_of_a_label_must_be_one(computed: float, of_label: float, line: str) -> None:
    """The number fits the corrected label, and not the printed one."""
    lines, _, erratum = settled(claim("0.125", corrected("F", of_label=True)), Computed(computed, None, certified(str(of_label))))
    assert erratum == "label"
    assert len(lines) == bool(line)
    assert line in "".join(lines)
