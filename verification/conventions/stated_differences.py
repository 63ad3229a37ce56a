"""What a fixture states of conventions, beside what engines measure; and who is away, as far as the engines show it."""

from collections.abc import Iterator
from decimal import Decimal

from adapters import Array
from verification.case import Case
from verification.conventions.distances import difference, is_within
from verification.conventions.exact_values import exact_convention
from verification.exact.comparison import Note, unnoted
from verification.verdicts.verdict import Verdict, judge
from worked_examples import ConventionExample
from worked_examples.schema.kinds.convention import Convention, PairDifference

ConventionCase = Case[ConventionExample]


def measured(case: ConventionCase, engine_name: str, convention: Convention, aligned: bool) -> dict[str, Array]:
    """What an engine's call gives on the convention's probe."""
    side, probe = convention.engines[engine_name], case.example.probe_of(convention)
    call = side.best if aligned else side.default
    return case.session.once(
        ("convention", case.example.id, convention.name, engine_name, aligned),
        lambda: case.session.engine(engine_name).measure_convention(convention.family, call, probe),
    )


def from_formula(
    case: ConventionCase, engine_name: str, convention: Convention, aligned: bool, note: Note = unnoted
) -> Iterator[str]:
    """A line where an engine differs from the book's formula otherwise than stated."""
    side, book = convention.engines[engine_name], exact_convention(convention, case.example.probe_of(convention), convention.book)
    computed = measured(case, engine_name, convention, aligned)
    stated = side.residual_difference if aligned else side.default_difference
    is_rounding = is_within(convention, computed, book, note=note if stated == "rounding" else unnoted)
    distance = difference(convention, computed, book.values)
    yield from misstated(f"{title(convention, aligned)}, from the formula", stated, distance, is_rounding)


def who_is_away(case: ConventionCase, convention: Convention, aligned: bool) -> str:
    """Whom the other engines show to be away, where one engine is not as stated: itself, the formula, or nobody."""
    others = [name for name in convention.engines if name != case.engine_name and name in case.session.engine_names]
    away = [name for name in others if any(from_formula(case, name, convention, aligned))]
    if not others:
        return "; no other engine takes part to tell who is away"
    if away:
        return f"; {' and '.join(away)} not as stated either: look first at the formula of the reference, and at the fixture"
    return f"; {' and '.join(others)} as stated: look at {case.engine_name}, its adapter and call"


def which_is_away(case: ConventionCase, convention: Convention, pair: PairDifference, aligned: bool) -> str:
    """Which of two engines is not as far from the formula as stated: one, both, or none."""
    away = [name for name in pair.engines if any(from_formula(case, name, convention, aligned))]
    if len(away) == 1:
        return f"; from the formula only {away[0]} is not as stated"
    return "; from the formula both are as stated" if not away else "; from the formula neither is as stated"


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
