"""Calls of frameworks are written as one writes them in Python."""

import pytest

from report.framework_calls import call_text, formula_text, option_text
from worked_examples.schema.framework_call import FrameworkCall


@pytest.mark.parametrize(
    ("value", "text"), [("0.9", "0.9"), ("0.9f", "0.9f"), ("sum", '"sum"'), (True, "True"), (["1", "same"], '[1, "same"]')]
)
def test_numbers_and_truth_values_are_no_strings(value: object, text: str) -> None:
    """Everything else is in quotation marks."""
    assert option_text(value) == text


@pytest.mark.parametrize(
    ("call", "text"),
    [
        ({"call": "optim.SGD", "options": {"lr": "0.1"}, "times": "2"}, "torch.optim.SGD(lr=0.1), learning rate times 2"),
        ({"call": "nn.MSELoss", "times": "0.5"}, "0.5 * torch.nn.MSELoss()"),
        ({"call": "nn.Linear kernel", "axes": {"kernel": [1, 0]}}, "torch.nn.Linear().kernel, kernel with axes (1, 0)"),
        ({"call": "nn.NLLLoss", "before": {"call": "nn.LogSoftmax"}}, "torch.nn.NLLLoss() after torch.nn.LogSoftmax()"),
        ({"call": "fit", "before": {"call": "regularizers.L2"}}, "torch.fit(), kernel_regularizer=torch.regularizers.L2()"),
        ({"call": "fit", "options": {"zero_grad": False}}, "torch.fit(), without zero_grad()"),
        ({"call": "nn.GRU", "loads": ["W", "U"], "gates": [1, 0], "dtype": "default"}, "torch.nn.GRU(), loading W, U, "),
    ],
)
def test_calls_have_their_surroundings(call: dict[str, object], text: str) -> None:
    """Factors, axes, what comes before, and what a training loop does are in the text."""
    assert call_text(FrameworkCall.model_validate(call), "torch").startswith(text)


def test_a_formula_has_its_numbers() -> None:
    """Name, numbers, decay and factor follow each other."""
    formula = {"call": "momentum", "options": {"momentum": "0.9f"}, "before": {"call": "l2"}, "times": "2"}
    assert formula_text(FrameworkCall.model_validate(formula)) == "momentum (momentum = 0.9f) with l2, learning rate times 2"
