"""The one registry of checks: what is checked of which example, on which engine, and what keeps an engine from it."""

from typing import Any

from adapters.capabilities import SIZES, reason_unsupported
from verification.case import Case
from verification.certification import committed
from verification.check import Check
from verification.checks import (
    calculation,
    conventions,
    epochs,
    errata,
    evaluation,
    network_numbers,
    notes,
    sizes,
    smaller_types,
    statements,
    trajectory,
    unreproducible,
)
from verification.checks.images import first_update, numerical_gradients, on_digits, on_page, printed_tables
from verification.conditions import (
    compiles,
    has_committed_values,
    has_printed,
    is_inference,
    is_long_training,
    is_numerical,
    is_second_of_pair,
    is_trained,
    is_viewed_in_smaller_types,
)
from verification.independence import check as independence
from verification.manuscript import check as page
from worked_examples import (
    CalculationExample,
    ConventionExample,
    ImageExample,
    NetworkExample,
    SizedNetworkExample,
)
from worked_examples.schema.page import ExampleBase

ALL_TYPES = ("float64", "float32", "float16")


NETWORK, IMAGES, CONVENTION = (NetworkExample,), (ImageExample,), (ConventionExample,)
READ_ADAPTER = evaluation.NEXT_STEP
CHECKS: tuple[Check, ...] = (
    Check("outputs", NETWORK, evaluation.check_outputs, READ_ADAPTER, dtypes=ALL_TYPES),
    Check("gradients", NETWORK, evaluation.check_gradients, READ_ADAPTER, dtypes=ALL_TYPES),
    Check("printed", NETWORK, network_numbers.check_printed, network_numbers.NEXT_STEP, has_printed),
    Check("epochs", NETWORK, epochs.check_epochs, epochs.NEXT_STEP, is_trained),
    Check("trajectory", NETWORK, trajectory.check_trajectory, trajectory.OTHER_UPDATE, is_trained),
    Check("float64", NETWORK, trajectory.check_float64, trajectory.NOT_FLOAT64, is_trained),
    Check("certified", NETWORK, committed.check_committed, committed.NEXT_STEP, has_committed_values, engines="reference"),
    Check(
        "compiled",
        NETWORK,
        trajectory.check_compiled,
        trajectory.NOT_EAGER,
        is_long_training,
        needs=compiles,
    ),
    Check(
        "float32",
        NETWORK,
        smaller_types.check_float32,
        smaller_types.NEXT_STEP,
        is_viewed_in_smaller_types,
        dtypes=("float64", "float32"),
    ),
    Check(
        "float16",
        NETWORK,
        smaller_types.check_float16,
        smaller_types.NEXT_STEP,
        is_viewed_in_smaller_types,
        dtypes=("float64", "float16"),
    ),
    Check("notes", NETWORK, notes.check_notes, notes.NEXT_STEP, engines="reference"),
    Check(
        "statements",
        (NetworkExample, CalculationExample),
        statements.check_statements,
        statements.NEXT_STEP,
        lambda case: bool(case.example.statements),
    ),
    Check(
        "unreproducible",
        NETWORK,
        unreproducible.check_unreproducible,
        unreproducible.NEXT_STEP,
        lambda case: bool(case.example.unreproducible_results),
        engines="reference",
    ),
    Check("values", (CalculationExample,), calculation.check_values, READ_ADAPTER, dtypes=ALL_TYPES),
    Check("printed", (CalculationExample,), calculation.check_printed, network_numbers.NEXT_STEP, has_printed),
    Check(
        "counts",
        (NetworkExample, SizedNetworkExample),
        sizes.check_counts,
        sizes.OTHER_COUNT,
        sizes.prints_sizes,
        needs=lambda _: (SIZES,),
        dtypes=ALL_TYPES,
    ),
    Check("printed", (SizedNetworkExample,), sizes.check_printed, sizes.NEXT_STEP, has_printed),
    Check("defaults", CONVENTION, conventions.check_defaults, conventions.NEXT_STEP),
    Check("aligned", CONVENTION, conventions.check_aligned, conventions.NEXT_STEP),
    Check("pairs", CONVENTION, conventions.check_pairs, conventions.NEXT_STEP, is_second_of_pair),
    Check("update", IMAGES, first_update.check_first_update, first_update.NEXT_STEP, is_trained, dtypes=ALL_TYPES),
    Check("digits", IMAGES, on_digits.check_digits, on_digits.OTHER_ORDER, is_trained),
    Check(
        "compiled",
        IMAGES,
        on_digits.check_compiled,
        on_digits.NOT_EAGER,
        is_trained,
        needs=compiles,
        engines="frameworks",
    ),
    Check("differences", IMAGES, numerical_gradients.check_on_digits, numerical_gradients.NEXT_STEP, is_numerical),
    Check("sampled_differences", IMAGES, numerical_gradients.check_on_page, numerical_gradients.NEXT_STEP, is_numerical),
    Check(
        "outputs",
        IMAGES,
        on_digits.check_outputs,
        on_digits.OTHER_OUTPUTS,
        is_inference,
        dtypes=ALL_TYPES,
    ),
    Check(
        "independence",
        (NetworkExample, CalculationExample, ImageExample),
        independence.check_independence,
        independence.NEXT_STEP,
        engines="frameworks",
    ),
    Check("log_rows", IMAGES, on_page.check_log_rows, on_page.OTHER_ROWS, is_trained),
    Check("predictions", IMAGES, on_page.check_predictions, on_page.OTHER_PREDICTIONS, is_inference),
    Check("printed", IMAGES, printed_tables.check_tables, printed_tables.NEXT_STEP, is_trained, engines="reference"),
    Check("printed", IMAGES, printed_tables.check_tables, printed_tables.NEXT_STEP, is_inference),
    Check("page", (ExampleBase,), page.check_page, page.NEXT_STEP, page.has_text, engines="reference"),
    Check(
        "errata",
        (ExampleBase,),
        errata.check_errata,
        errata.NEXT_STEP,
        lambda case: bool(case.example.errata),
        engines="reference",
        dtypes=ALL_TYPES,
    ),
)


def checks_of(case: Case[Any]) -> list[Check]:
    """The checks of a case."""
    return [check for check in CHECKS if check.is_for(case)]


def unsupported(check: Check, case: Case[Any]) -> str:
    """Why the case's engine is not capable of a check: its reason for the first capability that it does not have; else empty."""
    reasons = case.engine.unsupported
    if reason := reason_unsupported(case.example, reasons):
        return reason
    if reason := next((reasons[name] for name in check.needs(case.example) if name in reasons), ""):
        return reason
    if isinstance(case.example, ConventionExample) and case.engine_name != "reference":
        entries = [convention for convention in case.example.conventions if case.engine_name in convention.engines]
        return "" if entries else f"the fixture has no entry for {case.engine_name}"
    return ""
