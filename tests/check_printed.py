"""Every printed number of a network, judged."""

from collections.abc import Iterator

from fixtures.claims import Claim, claims, quantity_of
from tests import certified
from tests.failures import Record, fail
from tests.runs import Case, run
from tests.values import computed
from tests.verdicts import Verdict, judge


def check_printed(case: Case, record: Record) -> None:
    """Every printed number is the computed one, rounded; every erratum is one."""
    verdicts: Record = {verdict.value: 0 for verdict in Verdict} | {"errata": 0, "labels": 0, "total": 0}
    problems = [line for claim in claims(case.example) for line in judged(case, claim, verdicts)]
    record["printed"] = verdicts
    if problems:
        fail(case, problems, "recompute by hand from the printed inputs; a number that is wrong in print becomes an erratum")


def judged(case: Case, claim: Claim, verdicts: Record) -> Iterator[str]:
    """Judge one claim, count it, and yield a line where the fixture does not expect the verdict.

    The verdict is that on the certified value, where there is one; the engine's own value must round to the same text.
    """
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
    known = certified.of(case.example)
    exact = known.value(quantity, case.example, claim.epoch) if known else None
    own = judge(value, claim.text)
    judgement, shown = (exact.judge(claim.text), f"certified {exact.decimal}") if exact else (own, f"computed {value!r}")
    verdicts[judgement.verdict.value] += 1
    if claim.erratum:
        verdicts["labels" if claim.erratum.of_label else "errata"] += 1
    if own.corrected != judgement.corrected:
        yield f"{place}: printed {claim.text}, computed {value!r}, {shown}: this engine would print {own.corrected}"
    else:
        yield from unexpected(case, claim, judgement.verdict is Verdict.CONFIRMED, shown, judgement.corrected, place)


def unexpected(case: Case, claim: Claim, confirmed: bool, value: str, corrected: str, place: str) -> Iterator[str]:
    """Lines for a verdict that the fixture does not announce, or an erratum that is none."""
    erratum = claim.erratum
    if erratum is None:
        if not confirmed:
            yield f"{place}: printed {claim.text}, {value}, should read {corrected}"
    elif erratum.of_label:
        printed_label = claim._replace(erratum=None)
        other = computed(quantity_of(case.example, printed_label), case, claim.epoch)
        if not confirmed:
            yield f"{place}: under the corrected label too, printed {claim.text}, {value}"
        elif other is not None and judge(other, claim.text).verdict is Verdict.CONFIRMED:
            yield f"{place}: the erratum is none: the number also fits its printed label {claim.name}"
    elif confirmed:
        yield f"{place}: the erratum is none: the printed {claim.text} is confirmed, {value}"
    elif erratum.correct != corrected:
        yield f"{place}: the erratum says {erratum.correct}, but {value} should read {corrected}"
