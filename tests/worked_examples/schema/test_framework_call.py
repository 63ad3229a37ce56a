"""Calls as data: options keep their digits, probes give arrays of any number type."""

from fractions import Fraction

import numpy as np
import pytest

from worked_examples.schema.framework_call import FrameworkCall, Probe, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0.1", Fraction(1, 10)), ("0.5f", Fraction(1, 2)), ("mean", "mean"), (True, True), (3, 3), (["2", 1], [Fraction(2), 1])],
)
def test_an_option_is_a_number_where_it_is_one(text: object, expected: object) -> None:
    """Decimal strings are numbers of the requested type; everything else is unchanged."""
    assert value(text, "rational") == expected


def test_an_option_of_float32_is_rounded() -> None:
    """``0.9f`` is 0.9 in float32, exactly."""
    assert value("0.9f", "rational") == Fraction(float(np.float32(0.9)))


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (0.1, '0.1 must be written as a string, "0.1", so that its digits are kept'),
        ({}, "{} is not an option; accepted: true, false, "),
    ],
)
def test_an_option_keeps_its_digits(option: object, message: str) -> None:
    """Floats and tables are refused."""
    with pytest.raises(ValueError, match=message):
        FrameworkCall.model_validate({"call": "sgd", "options": {"rate": option}})


def test_the_names_of_a_call_include_what_comes_before() -> None:
    """In the order from the outside to the inside."""
    assert FrameworkCall.model_validate({"call": "loss", "before": {"call": "softmax"}}).calls() == ["loss", "softmax"]


def test_a_probe_gives_its_arrays() -> None:
    """Given ones as written, random ones reproducible, without 0 and below 1; all of them unless a call names some."""
    probe = Probe.model_validate({"arrays": {"input": [["0.5"]]}, "random": {"w": {"seed": 1, "shape": [50]}}})
    random = probe.array("w")
    assert np.array_equal(random, probe.array("w"))
    assert 0 < np.abs(random).min() <= np.abs(random).max() < 1
    assert [array.shape for array in probe.given(FrameworkCall(call="f"))] == [(1, 1), (50,)]
    assert [array.shape for array in probe.given(FrameworkCall(call="f", takes=["w"]))] == [(50,)]
    assert probe.loaded(FrameworkCall(call="f")) == ["w"]
