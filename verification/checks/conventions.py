"""Framework conventions: by default they differ as stated, with aligned settings they agree as stated.

The book's formula in exact (ball) arithmetic is what every engine is compared with. ``rounding`` means: within
``exact_arithmetic.SAFETY_FACTOR`` times the radius that the same formula has at 53 bits; of a sampled distribution, within five
standard errors.
"""

from collections.abc import Iterator
from decimal import Decimal

from adapters import Array
from adapters.reference import conventions as reference_conventions
from verification.case import Case
from verification.exact.convention_distances import ExactConvention, difference, exact_convention, is_within
from verification.records import Findings
from verification.verdicts.verdict import Verdict, judge
from worked_examples import ConventionExample
from worked_examples.schema.framework_call import FrameworkCall, Probe
from worked_examples.schema.kinds.convention import Convention, PairDifference

ConventionCase = Case[ConventionExample]
NEXT_STEP = "the framework has changed, or the adapter: read its release notes, then write the new number into the fixture"


def check_defaults(case: ConventionCase, findings: Findings) -> Iterator[str]:
    """By default every convention is as far from the book's formula as the fixture states."""
    yield from check(case, findings, aligned=False)


def check_aligned(case: ConventionCase, findings: Findings) -> Iterator[str]:
    """With aligned settings every convention agrees with the book's formula, to the stated residual difference."""
    yield from check(case, findings, aligned=True)


def check_pairs(case: ConventionCase, findings: Findings) -> Iterator[str]:
    """Two engines differ from each other as the fixture states, by default and with aligned settings.

    A pair is compared once, in the case of its second engine; what cannot be compared is a note.
    """
    for convention in case.example.conventions:
        for pair in convention.pairs:
            if pair.engines[1] == case.engine_name:
                if pair.engines[0] in case.session.engine_names:
                    yield from check_pair(case, convention, pair)
                else:
                    note = f"not compared with {pair.engines[0]}, which does not take part in this run"
                    findings.notes += [note] if note not in findings.notes else []


def check(case: ConventionCase, findings: Findings, aligned: bool) -> Iterator[str]:
    """Lines for every convention that is not as stated on the case's engine; those without an entry for it are a note."""
    without: list[str] = []
    for convention in case.example.conventions:
        probe = case.example.probe_of(convention)
        if case.engine_name == "reference":
            yield from of_reference(convention, probe, aligned)
        elif case.engine_name in convention.engines:
            yield from of_framework(case, convention, probe, aligned)
        else:
            without.append(convention.name)
    findings.notes += [f"no entry for {case.engine_name}: {', '.join(without)}"] if without else []


def measured(case: ConventionCase, engine_name: str, convention: Convention, aligned: bool) -> dict[str, Array]:
    """What an engine's call gives on the convention's probe."""
    side, probe = convention.engines[engine_name], case.example.probe_of(convention)
    call = side.best if aligned else side.default
    return case.session.once(
        ("convention", case.example.id, convention.name, engine_name, aligned),
        lambda: case.session.engine(engine_name).measure_convention(convention.family, call, probe),
    )


def of_framework(case: ConventionCase, convention: Convention, probe: Probe, aligned: bool) -> Iterator[str]:
    """Lines where an engine differs from the book's formula otherwise than stated, or from its stated actual formula."""
    side, book = convention.engines[case.engine_name], exact_convention(convention, probe, convention.book)
    what, computed = title(convention, aligned), measured(case, case.engine_name, convention, aligned)
    stated = side.residual_difference if aligned else side.default_difference
    distance = difference(convention, computed, book.values)
    yield from misstated(f"{what}, from the formula", stated, distance, is_within(convention, computed, book))
    if aligned and side.actual_formula:
        actual = exact_convention(convention, probe, side.actual_formula)
        if not is_within(convention, computed, actual):
            distance = difference(convention, computed, actual.values)
            yield f"{what}: differs by {distance} from the formula that it is said to compute"


def check_pair(case: ConventionCase, convention: Convention, pair: PairDifference) -> Iterator[str]:
    """Lines where two engines do not differ as stated; each may be one bound away from the exact value."""
    book = exact_convention(convention, case.example.probe_of(convention), convention.book)
    for aligned, stated in ((False, pair.default), (True, pair.aligned)):
        second, first = (measured(case, name, convention, aligned) for name in reversed(pair.engines))
        near = is_within(convention, second, ExactConvention(first, book.bounds), times=2)
        what = f"{title(convention, aligned)}, {pair.engines[0]} from {pair.engines[1]}"
        yield from misstated(what, stated, difference(convention, second, first), near)


def of_reference(convention: Convention, probe: Probe, aligned: bool) -> Iterator[str]:
    """Lines where the reference is not within its own bound of exact arithmetic; aligned: also of the actual formulas."""
    actual = [side.actual_formula for side in convention.engines.values() if side.actual_formula]
    for formula in [convention.book, *(actual if aligned else [])]:
        yield from of_formula(convention, probe, formula)


def of_formula(convention: Convention, probe: Probe, formula: FrameworkCall) -> Iterator[str]:
    """A line where the reference is not within its bound of one formula."""
    expected = exact_convention(convention, probe, formula)
    computed = reference_conventions.measure(convention.family, formula, probe)
    if not is_within(convention, computed, expected):
        distance = difference(convention, computed, expected.values)
        yield f"{convention.name}: the reference differs by {distance} from its own formula {formula.call}"


def title(convention: Convention, aligned: bool) -> str:
    """The convention and the settings, for messages."""
    return f"{convention.name}, {'aligned settings' if aligned else 'defaults'}"


def misstated(what: str, stated: str, distance: float | str, is_rounding: bool) -> Iterator[str]:
    """A line where a difference is not as stated."""
    if stated == "rounding" or isinstance(distance, str) or stated in ("shape", "infinite"):
        if not (is_rounding if stated == "rounding" else distance == stated):
            yield f"{what}: stated {stated}, measured {distance if isinstance(distance, str) else format(distance, '.3e')}"
    elif is_rounding:
        yield f"{what}: stated {stated}, but there is no difference beyond rounding ({distance:.1e})"
    elif (judgement := judge(Decimal(distance), stated)).verdict is not Verdict.CONFIRMED:
        yield f"{what}: stated {stated}, measured {distance:.6e}, should read {judgement.corrected}"
