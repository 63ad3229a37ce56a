"""Initializers: the formulas are the reference's."""

from collections.abc import Callable

from worked_examples.schema.kinds.initializer import InitializerFormula


def test_an_unknown_formula_is_refused(refusal: Callable[..., str]) -> None:
    """The message lists the formulas of the reference."""
    message = refusal("numpy-dnn/3110_1", 'formula = "he"', 'formula = "hee"')
    assert (
        message == "distributions[0].formula: 'hee' is not an initial distribution; accepted: he, lecun, xavier; did you mean 'he'?"
    )


def test_a_sample_is_a_kernel() -> None:
    """Fan-in rows, fan-out columns."""
    assert InitializerFormula(formula="he", fan_in=3, fan_out=2, seed=1, variance="0.5").shape == (3, 2)
