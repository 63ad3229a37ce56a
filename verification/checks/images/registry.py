"""The questions asked of examples with images: what needs no data, and what needs the page's own."""

from collections.abc import Mapping

from verification.checks.images.numerical_gradients import check_differences, check_full_differences
from verification.checks.images.original_images import check_answers, check_lines
from verification.checks.images.printed_tables import check_tables
from verification.checks.images.sklearn_digits import check_asked, check_compiled, check_digits, check_first_update
from verification.checks.networks import Check
from verification.images.training_runs import example_of
from verification.session import Case

LEARNING_CHECKS: Mapping[str, Check] = {
    "update": check_first_update,
    "digits": check_digits,
    "compiled": check_compiled,
    "differences": check_differences,
    "outputs": check_asked,
    "lines": check_lines,
    "sampled": check_full_differences,
    "answers": check_answers,
    "printed": check_tables,
}


def learning_questions(case: Case) -> list[str]:
    """The checks that apply to an example with images: in a smaller dtype, only those whose bounds are that dtype's."""
    example, full = example_of(case), case.dtype == "float64"
    learns, numerical = example.training is not None, bool(example.training and example.training.finite_difference_step)
    loops = learns and case.engine != "reference" and "compiled training" not in case.adapter.unsupported
    asked = {
        "update": learns,
        "digits": learns and full,
        "compiled": loops and full,
        "differences": numerical and full,
        "outputs": not learns,
        "lines": learns and full,
        "sampled": numerical and full,
        "answers": not learns and full,
        "printed": full and (case.engine == "reference" or not learns),
    }
    return [name for name, applies in asked.items() if applies]
