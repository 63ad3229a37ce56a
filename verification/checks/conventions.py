"""The questions asked of dialects: with the defaults they differ as stated, with the settings of equality they agree as stated.

The ground is the book's formula in exact (ball) arithmetic. ``rounding`` means: within ``oracle.SLACK`` times the radius that the
same formula has at 53 bits; of a sampled distribution, within five standard errors.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from adapters import Array, installed
from adapters.reference import conventions
from verification.convention_distances import ExactConvention, apart, exact, within
from verification.failure import Record, fail
from verification.session import Case, adapter
from verification.verdicts import Verdict, judge
from worked_examples.schema.convention import Convention, ConventionExample, EngineConvention
from worked_examples.schema.framework_call import FrameworkCall, Probe

HINT = "the framework has changed, or the adapter: read its release notes, then write the new number into the fixture"
WHAT = {False: "defaults", True: "settings of equality"}


def measured(name: str, convention: Convention, probe: Probe, expression: FrameworkCall) -> dict[str, Array]:
    """What an engine's expression gives."""
    return adapter(name).measure_convention(convention.family, expression, probe)


def verdict(what: str, stated: str, distance: float | str, is_rounding: bool) -> Iterator[str]:
    """A line where a distance is not as stated."""
    if stated == "rounding" or isinstance(distance, str) or stated in ("shape", "infinite"):
        fine = is_rounding if stated == "rounding" else distance == stated
        if not fine:
            yield f"{what}: stated {stated}, measured {distance if isinstance(distance, str) else format(distance, '.3e')}"
    elif is_rounding:
        yield f"{what}: stated {stated}, but there is no difference beyond rounding ({distance:.1e})"
    elif (judgement := judge(Decimal(distance), stated)).verdict is not Verdict.CONFIRMED:
        yield f"{what}: stated {stated}, measured {distance:.6e}, should read {judgement.corrected}"


def of(case: Case) -> ConventionExample:
    """The case's example, which holds dialects."""
    assert isinstance(case.example, ConventionExample)
    return case.example


def questioned(case: Case, convention: Convention, settings: bool) -> Iterator[str]:
    """Lines for one dialect on one engine: from the formula, from what it is said to compute, and PyTorch from Keras."""
    probe = of(case).probe_of(convention)
    if case.engine == "reference":
        yield from certain(convention, probe, settings)
        return
    side, ground, what = (
        side_of(convention, case.engine),
        exact(convention, probe, convention.book),
        f"{convention.name}, {WHAT[settings]}",
    )
    found = measured(case.engine, convention, probe, side.best if settings else side.default)
    stated, distance = side.residual_difference if settings else side.default_difference, apart(convention, found, ground.values)
    yield from verdict(f"{what}, from the formula", stated, distance, within(convention, found, ground))
    if settings and side.actual_formula:
        really = exact(convention, probe, side.actual_formula)
        if not within(convention, found, really):
            yield f"{what}: {apart(convention, found, really.values)} from the formula that is said to be computed really"
    if case.engine == "torch" and installed("keras"):
        yield from paired(convention, probe, settings, found, ground)


def side_of(convention: Convention, engine: str) -> EngineConvention:
    """A framework's half of a dialect."""
    return convention.engines[engine]


def paired(
    convention: Convention, probe: Probe, settings: bool, found: Mapping[str, Array], ground: ExactConvention
) -> Iterator[str]:
    """Lines where Keras is not as far from PyTorch as stated; each may be a bound away from what is exact."""
    other = measured(
        "keras", convention, probe, convention.engines["keras"].best if settings else convention.engines["keras"].default
    )
    stated = convention.pairs[0].aligned if settings else convention.pairs[0].default
    near = within(convention, found, ground._replace(values=other), times=2)
    yield from verdict(f"{convention.name}, {WHAT[settings]}, Keras from PyTorch", stated, apart(convention, found, other), near)


def certain(convention: Convention, probe: Probe, settings: bool) -> Iterator[str]:
    """Lines where the reference in float64 is not within its own bound of exact arithmetic; with settings, also of what is real."""
    real = [side.actual_formula for side in convention.engines.values() if side.actual_formula]
    for formula in [convention.book, *(real if settings else [])]:
        ground, found = exact(convention, probe, formula), conventions.measure(convention.family, formula, probe)
        if not within(convention, found, ground):
            yield f"{convention.name}: the reference is {apart(convention, found, ground.values)} from its own formula {formula.call}"


def check(case: Case, record: Record, settings: bool) -> None:
    """Ask one question of every dialect of an example."""
    example = of(case)
    record["convention"] = len(example.conventions)
    if case.engine == "torch" and not installed("keras"):
        record["note"] = "not compared with Keras, which is not installed"
    if problems := [line for convention in example.conventions for line in questioned(case, convention, settings)]:
        fail(case, problems, HINT)


def check_defaults(case: Case, record: Record) -> None:
    """With the defaults every dialect is as far from the formula, and Keras as far from PyTorch, as the fixture states."""
    check(case, record, settings=False)


def check_settings(case: Case, record: Record) -> None:
    """With the settings of equality every dialect agrees with the formula, and Keras with PyTorch, to the stated floor."""
    check(case, record, settings=True)


DIALECT_CHECKS: Mapping[str, Any] = {"defaults": check_defaults, "settings": check_settings}
