"""The questions asked of every network example on every engine: each a plain function that fails with an explanation.

A check takes a ``Case`` and a ``Record`` (a dict that travels to the summary and to ``results.json``).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from adapters import Array, Parameters
from fixtures.claims import Claim, claims, quantity_of
from fixtures.page import Statement
from tests import conditioning, oracle
from tests.failures import diagnosis, fail
from tests.runs import LONG, Case, run, training_of
from tests.values import computed
from tests.verdicts import Verdict, judge

Record = dict[str, Any]
Check = Callable[[Case, Record], None]
READ_ADAPTER = "compare adapters/{} with the formulas in reference/network.py; all engines share the fixture's weights"


def compare(case: Case, kinds: tuple[str, ...], record: Record) -> None:
    """Compare one evaluation at the initial weights with the exact one, within the derived rounding bound."""
    triples = zip(
        oracle.named(case.evaluate()),
        oracle.named(oracle.evaluate(case.example, None, oracle.EXACT)),
        oracle.named(oracle.bounds(case.example, None, case.dtype)),
        strict=True,
    )
    problems = []
    for (kind, name, values), (_, _, exact), (_, _, bound) in triples:
        if kind not in kinds:
            continue
        record[kind] = min(record.get(kind, np.inf), oracle.digits(values, exact))
        problems += differences(name, np.asarray(values), exact, np.asarray(bound))
    if problems:
        fail(case, problems, READ_ADAPTER.format(case.engine))


def differences(name: str, values: Array, exact: Any, bound: Array) -> list[str]:
    """One line for an array that has another shape, or an entry further from the exact one than its bound."""
    exact = np.asarray(exact, dtype=object)
    if values.shape != exact.shape:
        return [f"{name}: shape {values.shape}, expected {exact.shape}"]
    apart = np.asarray(oracle.distance(oracle.balls(values.astype(object)), exact), dtype=float)
    if np.all(apart <= bound):
        return []
    middles = np.asarray(oracle.middle(exact), dtype=float)
    worst = np.unravel_index(np.argmax(apart - bound), apart.shape)
    place = f"{name} {[int(i) for i in worst]}" if worst else name
    found = f"computed {float(values[worst])!r}, exact {float(middles[worst])!r}"
    return [f"{place}: {found}, {apart[worst]:.1e} apart, bound {bound[worst]:.1e}{diagnosis(values, middles)}"]


def check_outputs(case: Case, record: Record) -> None:
    """The outputs of every layer and the loss are the exact ones, within the rounding bound."""
    compare(case, ("output", "loss"), record)


def check_gradients(case: Case, record: Record) -> None:
    """The gradients of every parameter and of the input are the exact ones, within the rounding bound."""
    compare(case, ("gradient",), record)


def check_printed(case: Case, record: Record) -> None:
    """Every printed number is the computed one, rounded; every erratum is one."""
    verdicts: Record = {verdict.value: 0 for verdict in Verdict} | {"errata": 0, "labels": 0, "total": 0}
    problems = [line for claim in claims(case.example) for line in judged(case, claim, verdicts)]
    record["printed"] = verdicts
    if problems:
        fail(case, problems, "recompute by hand from the printed inputs; a number that is wrong in print becomes an erratum")


def judged(case: Case, claim: Claim, verdicts: Record) -> Iterator[str]:
    """Judge one claim, count it, and yield a line where the fixture does not expect the verdict."""
    verdicts["total"] += 1
    quantity = quantity_of(case.example, claim)
    place = f"{claim} ({quantity}) at epoch {claim.epoch}, {claim.where}"
    if quantity.part == "epoch":
        reached = run(case).epochs
        verdicts["confirmed" if claim.epoch <= reached else "wrong"] += 1
        if claim.epoch > reached:
            yield f"{place}: training ends at epoch {reached}, before the printed {claim.text}"
        return
    value = computed(quantity, case, claim.epoch)
    if value is None:
        verdicts["wrong"] += 1
        yield f"{place}: printed {claim.text}, but training ends at epoch {run(case).epochs}"
        return
    judgement = judge(value, claim.text)
    verdicts[judgement.verdict.value] += 1
    if claim.erratum:
        verdicts["labels" if claim.erratum.of_label else "errata"] += 1
    yield from unexpected(case, claim, judgement.verdict is Verdict.CONFIRMED, f"{value!r}", judgement.corrected, place)


def unexpected(case: Case, claim: Claim, confirmed: bool, value: str, corrected: str, place: str) -> Iterator[str]:
    """Lines for a verdict that the fixture does not announce, or an erratum that is none."""
    erratum = claim.erratum
    if erratum is None:
        if not confirmed:
            yield f"{place}: printed {claim.text}, computed {value}, should read {corrected}"
    elif erratum.of_label:
        printed_label = claim._replace(erratum=None)
        other = computed(quantity_of(case.example, printed_label), case, claim.epoch)
        if not confirmed:
            yield f"{place}: under the corrected label too, printed {claim.text}, computed {value}"
        elif other is not None and judge(other, claim.text).verdict is Verdict.CONFIRMED:
            yield f"{place}: the erratum is none: the number also fits its printed label {claim.name}"
    elif confirmed:
        yield f"{place}: the erratum is none: the printed {claim.text} is confirmed, computed {value}"
    elif erratum.correct != corrected:
        yield f"{place}: the erratum says {erratum.correct}, but {value} rounds to {corrected}"


def check_epochs(case: Case, record: Record) -> None:
    """Training stops at the epoch that the book prints (or, where it prints none, at the reference's)."""
    finished = run(case)
    first = case.training.counts_from
    expected, whose = case.training.stop.epoch, "printed"
    if expected is None:
        stop = run(case._replace(engine="reference")).stop
        expected, whose = None if stop is None else stop + first, "the reference's"
    got = None if finished.stop is None else finished.stop + first
    record["epochs"], record["book"] = got, case.training.stop.epoch
    if case.is_long and finished.path == "ordinary":
        record["note"] = f"no compiled training: {case.adapter.lacks['compiled training']}"
    if got == expected:
        return
    rule = f"loss {case.training.stop.test} {case.training.stop.threshold}"
    if got is None:
        fail(case, [f"the stop rule ({rule}) never held in {finished.epochs} epochs; {whose} epoch {expected}"], RULE_HINT)
    loss = f"the loss there is {float(finished.losses[finished.epochs])!r}"
    near = "; one epoch off: `<` or `<=`, or counted from 1 instead of 0?" if expected and abs(got - expected) == 1 else ""
    fail(case, [f"stop at epoch {got}, {whose} epoch {expected} ({rule}; {loss}){near}"], RULE_HINT)


RULE_HINT = "read the stop rule's conventions in the fixture: the comparison, before or after the update, counted from 0 or 1"


def check_trajectory(case: Case, record: Record) -> None:
    """At every checkpoint the parameters are the reference's within the drift bound; one further epoch is the exact one.

    The steps where two neighbouring epochs are recorded are checked against the exact update, within the rounding of one epoch:
    no tolerance for a million epochs hides a wrong formula there.
    """
    finished, course = run(case), run(case._replace(engine="reference"))
    steps = [epoch for epoch in finished.parameters if epoch + 1 in finished.parameters]
    problems = [line for epoch in steps for line in one_step(case, epoch, finished.parameters)]
    problems += apart(finished.parameters, course.parameters, conditioning.drift(case.example, course.parameters, case.dtype))
    if problems:
        fail(case, problems, "the optimizer does something else than W - lr * gradient, or trains only a part of the parameters")


Course = Mapping[int, list[Parameters]]


def apart(one: Course, other: Course, bound: Mapping[int, float]) -> list[str]:
    """Lines for parameters of two runs that are further apart, at a common epoch, than twice the drift that each may have."""
    problems = []
    for epoch in sorted(set(one) & set(other)):
        distance = float(np.linalg.norm(conditioning.flat(one[epoch]) - conditioning.flat(other[epoch])))
        if not distance <= 2 * bound[epoch]:
            problems.append(f"parameters at epoch {epoch}: {distance:.1e} apart, bound {2 * bound[epoch]:.1e}")
    return problems


def one_step(case: Case, epoch: int, parameters: Course) -> list[str]:
    """Lines for parameters at ``epoch + 1`` that are not those of the exact update from ``epoch``."""
    exact, rough = (oracle.update(case.example, parameters[epoch], bits) for bits in (oracle.EXACT, oracle.BITS[case.dtype]))
    problems = []
    for number, (got, right, bound) in enumerate(zip(parameters[epoch + 1], exact, rough, strict=True), 1):
        for name in Parameters._fields:
            error = np.asarray(oracle.SLACK * oracle.radius(getattr(bound, name)), dtype=float)
            title = f"layer {number} {name} at epoch {epoch + 1}"
            before = getattr(parameters[epoch][number - 1], name)
            lines = differences(title, getattr(got, name), getattr(right, name), error)
            problems += [f"{line}; it was not updated" if np.array_equal(before, getattr(got, name)) else line for line in lines]
    return problems


def check_compiled(case: Case, record: Record) -> None:
    """The compiled loop and ordinary training agree over their first 1,000 epochs."""
    fast, slow = run(case), run(case, compiled=False, limit=LONG)
    problems = apart(fast.parameters, slow.parameters, conditioning.drift(case.example, slow.parameters, case.dtype))
    if problems:
        fail(case, problems, "the compiled loop does not carry out the ordinary update")


def check_statements(case: Case, record: Record) -> None:
    """What the book's sentences say about the training holds; every erratum among them is one."""
    results = [statement_holds(case, statement) for statement in case.example.statements]
    problems = []
    for statement, (holds, found) in zip(case.example.statements, results, strict=True):
        if holds == bool(statement.errata):
            kind = "the erratum is none" if statement.errata else "does not hold"
            problems.append(f"'{statement.says}', {statement.where}: {kind}; {found}")
        elif statement.errata and statement.errata[0].correct not in found.split():
            problems.append(f"'{statement.says}', {statement.where}: the erratum says {statement.errata[0].correct}; {found}")
    record["statements"] = {"total": len(results), "confirmed": sum(holds for holds, _ in results)}
    record["statement errata"] = sum(bool(statement.errata) for statement in case.example.statements)
    if problems:
        fail(case, problems, "read the sentence again; what is wrong in print becomes an erratum")


def statement_holds(case: Case, statement: Statement) -> tuple[bool, str]:
    """Whether a sentence holds on this engine, and what was found."""
    finished = run(case)
    if statement.passes is not None:
        passes = -1 if finished.stop is None else finished.stop + 1
        return passes == statement.passes, f"training stops on pass {passes}"
    if statement.loss_above is not None and statement.epoch is not None:
        loss = finished.losses.get(statement.epoch - case.training.counts_from)
        return loss is not None and float(loss) > float(statement.loss_above), f"the loss there is {loss}"
    slower = training_of(statement.fewer_epochs_than or "")
    times = (slower.stop.epoch or 0) / max(finished.epochs, 1)
    return times > statement.at_least_times, f"{finished.epochs} epochs, {times:.1f} times fewer than {slower.stop.epoch}"


CHECKS: Mapping[str, Check] = {
    "outputs": check_outputs,
    "gradients": check_gradients,
    "printed": check_printed,
    "epochs": check_epochs,
    "trajectory": check_trajectory,
    "compiled": check_compiled,
    "statements": check_statements,
}


def questions(case: Case) -> list[str]:
    """The checks that apply to a case."""
    example = case.example
    asked = {"printed": bool(example.printed), "statements": bool(example.statements)}
    asked |= dict.fromkeys(("epochs", "trajectory"), example.training is not None)
    asked["compiled"] = example.training is not None and case.is_long and "compiled training" not in case.adapter.lacks
    return [name for name in CHECKS if asked.get(name, True)]
