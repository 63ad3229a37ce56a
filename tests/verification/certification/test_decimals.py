"""Balls as certified strings."""

import flint
import numpy as np

from adapters import Evaluation, Parameters
from verification.certification.certified_value import enclosure
from verification.certification.decimals import certified_text, evaluation_table, exact_text, layers_table, nested


def test_a_certified_text_is_the_exact_value_rounded() -> None:
    """A narrow ball gives 25 digits, an exact short one its own."""
    with flint.ctx.workprec(200):
        assert certified_text(flint.arb(1) / 3) == "0.3333333333333333333333333"
        assert certified_text(flint.arb(0.125)) == "0.125"
        assert certified_text(flint.arb(0)) == "0"
        assert certified_text(flint.arb(100)) == "100"
        assert certified_text(flint.arb(3595825969238802739) / 2**61) == "1.559440931091401827315174"
        assert certified_text(flint.arb(0.1)) == "0.1000000000000000055511151"


def test_a_wide_ball_gives_middle_and_radius() -> None:
    """Where both ends round to other digits, the string encloses them; one that knows nothing has an infinite radius."""
    with flint.ctx.workprec(60):
        third = flint.arb(1) / 3
        text = certified_text(third)
    assert " +/- " in text
    assert enclosure(text).contains(third)
    assert certified_text(flint.arb("nan")) == certified_text(flint.arb(0, flint.arb("inf"))) == "0 +/- Infinity"


def test_the_exact_digits_of_a_tiny_number_are_too_many() -> None:
    """2^-300 has more than 25 digits, and is not written exactly."""
    with flint.ctx.workprec(200):
        assert len(exact_text(flint.arb(2) ** -300)) >= 25
        assert exact_text(flint.arb(2) ** -3) == "0.125"


def test_tables_are_nested_lists_of_strings() -> None:
    """Arrays become nested lists, a loss one string."""
    half = np.array([[flint.arb(0.5)]], dtype=object)
    layers = [Parameters(half, half[0])]
    assert layers_table(layers) == [{"kernel": [["0.5"]], "bias": ["0.5"]}]
    assert nested(flint.arb(0.5)) == "0.5"
    assert evaluation_table(Evaluation([half], np.array(flint.arb(2), dtype=object), layers, half)) == {
        "outputs": [[["0.5"]]],
        "loss": "2",
        "gradients": [{"kernel": [["0.5"]], "bias": ["0.5"]}],
        "input_gradient": [["0.5"]],
    }
