"""The questions asked of every network example on every engine: each a plain function that fails with an explanation.

A check takes a ``Case`` and a ``Record`` (a dict that travels to the summary and to ``results.json``).
"""

from collections.abc import Callable, Mapping
from functools import partial

from verification.certification.files import certified_run
from verification.checks.epochs import check_epochs, check_statements
from verification.checks.errata import check_errata
from verification.checks.evaluation import check_gradients, check_outputs
from verification.checks.precision import DTYPES, check_precision, viewed
from verification.checks.printed_numbers import check_printed
from verification.checks.trajectory import check_compiled, check_float64, check_trajectory
from verification.checks.unreproducible import check_unreproducible
from verification.diagnostics import notes
from verification.failure import Record, fail
from verification.session import Case

Check = Callable[[Case, Record], None]


def check_notes(case: Case, record: Record) -> None:
    """The notes to the author that the run gives are those that the fixture expects, if it expects any."""
    record["notes"] = found = notes(case)
    expected = case.example.notes
    if expected is not None and found != expected:
        missing = [f"expected, but not found: {note}" for note in expected if note not in found]
        new = [f"found, but not expected: {note}" for note in found if note not in expected]
        fail(
            case, missing + new or ["the notes stand in another order"], "write the found notes into the fixture, if they are right"
        )


CHECKS: Mapping[str, Check] = {
    "outputs": check_outputs,
    "gradients": check_gradients,
    "printed": check_printed,
    "epochs": check_epochs,
    "trajectory": check_trajectory,
    "float64": check_float64,
    "compiled": check_compiled,
    "float32": partial(check_precision, dtype="float32"),
    "float16": partial(check_precision, dtype="float16"),
    "notes": check_notes,
    "statements": check_statements,
    "random": check_unreproducible,
    "errata": check_errata,
}


def has_errata(case: Case) -> bool:
    """Whether the errata in words are asked about: once, on the reference, by which they are proved."""
    return case.engine == "reference" and bool(case.example.errata)


def questions(case: Case) -> list[str]:
    """The checks that apply to a case: in a smaller dtype, only those that do not ask for the book's digits."""
    example, trained, full = case.example, case.example.training is not None, case.dtype == "float64"
    asked = {
        "printed": full and bool(example.printed),
        "statements": full and bool(example.statements),
        "epochs": full and trained,
        "trajectory": full and trained,
        "float64": full and trained and certified_run(example) is not None,
        "compiled": full and trained and case.is_long and "compiled training" not in case.adapter.unsupported,
        "notes": full and case.engine == "reference",
        "random": full and case.engine == "reference" and bool(example.unreproducible_results),
        "errata": has_errata(case),
        **{dtype: viewed(example) and (full or case.dtype == dtype) for dtype in DTYPES},
    }
    return [name for name in CHECKS if asked.get(name, True)]
