"""Framework conventions: by default they differ as stated, with aligned settings they agree as stated.

The book's formula in exact (ball) arithmetic is what every engine is compared with. ``rounding`` means: within
``exact_arithmetic.SAFETY_FACTOR`` times the radius that the same formula has at 53 bits; of a sampled distribution, within five
standard errors.
"""

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np

from adapters import Array
from adapters.reference import conventions as reference_conventions
from verification.conventions.distances import difference, is_within
from verification.conventions.exact_values import ExactConvention, exact_convention
from verification.conventions.stated_differences import (
    ConventionCase,
    from_formula,
    measured,
    misstated,
    title,
    which_is_away,
    who_is_away,
)
from verification.exact.comparison import Note, unnoted
from verification.records import Findings
from worked_examples.schema.framework_call import FrameworkCall, Probe
from worked_examples.schema.kinds.convention import Convention, PairDifference

NEXT_STEP = (
    "each line says who is away, as far as the other engines show it: correct that formula, adapter or call; "
    "the fixture's number changes only where the framework's release notes say that the framework has changed"
)


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
                    yield from check_pair(case, convention, pair, findings)
                else:
                    note = f"not compared with {pair.engines[0]}, which does not take part in this run"
                    findings.notes += [note] if note not in findings.notes else []


def check(case: ConventionCase, findings: Findings, aligned: bool) -> Iterator[str]:
    """Lines for every convention that is not as stated on the case's engine; those without an entry for it are a note."""
    without: list[str] = []
    for convention in case.example.conventions:
        probe = case.example.probe_of(convention)
        if case.engine_name == "reference":
            yield from of_reference(convention, probe, aligned, findings)
        elif case.engine_name in convention.engines:
            yield from of_framework(case, convention, aligned, findings)
        else:
            without.append(convention.name)
    findings.notes += [f"no entry for {case.engine_name}: {', '.join(without)}"] if without else []


def of_framework(case: ConventionCase, convention: Convention, aligned: bool, findings: Findings) -> Iterator[str]:
    """Lines where an engine differs from the book's formula otherwise than stated, or from its stated actual formula."""
    side, note = convention.engines[case.engine_name], noting(findings, convention)
    for line in from_formula(case, case.engine_name, convention, aligned, note):
        yield line + who_is_away(case, convention, aligned)
    if aligned and side.actual_formula:
        computed = measured(case, case.engine_name, convention, aligned)
        actual = exact_convention(convention, case.example.probe_of(convention), side.actual_formula)
        if not is_within(convention, computed, actual, note=note):
            distance = difference(convention, computed, actual.values)
            yield f"{title(convention, aligned)}: differs by {distance} from the formula that it is said to compute"


def noting(findings: Findings, convention: Convention, of: str = "conventions") -> Note:
    """What records the errors beside the bounds of rounding, or of sampling."""
    return partial(findings.note_tightness, "samples" if convention.family == "initializer" else of)


def check_pair(case: ConventionCase, convention: Convention, pair: PairDifference, findings: Findings) -> Iterator[str]:
    """Lines where two engines do not differ as stated; each may be one bound away from the exact value."""
    book = exact_convention(convention, case.example.probe_of(convention), convention.book)
    for aligned, stated in ((False, pair.default), (True, pair.aligned)):
        second, first = (measured(case, name, convention, aligned) for name in reversed(pair.engines))
        note = noting(findings, convention, "convention_pairs") if stated == "rounding" else unnoted
        near = is_within(convention, second, ExactConvention(as_floats(first), book.bounds), times=2, note=note)
        what = f"{title(convention, aligned)}, {pair.engines[0]} from {pair.engines[1]}"
        for line in misstated(what, stated, difference(convention, second, first), near):
            yield line + which_is_away(case, convention, pair, aligned)


def as_floats(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Arrays as float64."""
    return {name: np.asarray(array, dtype=float) for name, array in arrays.items()}


def of_reference(convention: Convention, probe: Probe, aligned: bool, findings: Findings) -> Iterator[str]:
    """Lines where the reference is not within its own bound of exact arithmetic; aligned: also of the actual formulas."""
    actual = [side.actual_formula for side in convention.engines.values() if side.actual_formula]
    for formula in [convention.book, *(actual if aligned else [])]:
        yield from of_formula(convention, probe, formula, noting(findings, convention))


def of_formula(convention: Convention, probe: Probe, formula: FrameworkCall, note: Note = unnoted) -> Iterator[str]:
    """A line where the reference is not within its bound of one formula."""
    expected = exact_convention(convention, probe, formula)
    computed = reference_conventions.measure(convention.family, formula, probe)
    if not is_within(convention, computed, expected, note=note):
        distance = difference(convention, computed, expected.values)
        yield f"{convention.name}: the reference differs by {distance} from its own formula {formula.call}"
