"""The facts of an example by its kind."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from verification.case import Case
from verification.proofs.by_kind import (
    OF_KIND,
    calculation_facts,
    image_facts,
    network_facts,
    parameters_after,
    size_facts,
)
from worked_examples import load_all

OnReference = Callable[[str], Case[Any]]


def numbers(nested: Any) -> list[Any]:
    """The entries of nested lists."""
    return [number for entry in nested for number in numbers(entry)] if isinstance(nested, list) else [nested]


def test_a_network_has_its_data_exactly_and_one_pass(on_reference: OnReference) -> None:
    """Inputs and kernels of 311_1 are the printed fractions; outputs have one entry a layer; the book's stop epoch is known."""
    facts = network_facts(on_reference("numpy-dnn/311_1"))
    assert facts["input"] == [[Fraction(2), Fraction(3)]]
    assert len(facts["outputs"]) == len(facts["kernels"]) == len(facts["kernel_gradients"])
    assert facts["stop_epoch"] == 79


def test_random_data_are_no_printed_numbers(on_reference: OnReference) -> None:
    """A network on random samples has none to read."""
    facts = network_facts(on_reference("numpy-dnn/324_1"))
    assert (facts["input"], facts["target"]) == ([], [])


@pytest.mark.parametrize(
    ("name", "number_types"), [("dl-python/convolution", {Fraction}), ("dl-python/activations", {Fraction, float})]
)
def test_what_is_not_rational_is_calculated_in_float64(on_reference: OnReference, name: str, number_types: set[type[Any]]) -> None:
    """An array that is rational as a whole is exact, also beside an exp; any other has floats only."""
    case = on_reference(name)
    facts = calculation_facts(case)
    of_steps = [{type(number) for number in numbers(facts[step])} for step in facts.keys() - case.example.inputs.keys()]
    assert {len(of_step) for of_step in of_steps} == {1}
    assert set().union(*of_steps) == number_types


def test_inputs_of_a_calculation_are_exactly_as_printed(on_reference: OnReference) -> None:
    """Decimal strings are fractions, in any nesting."""
    case = on_reference("dl-python/activations")
    name = next(iter(case.example.inputs))
    assert all(isinstance(number, Fraction) for number in numbers(calculation_facts(case)[name]))


def test_an_iteration_has_the_values_of_all_passes(on_reference: OnReference) -> None:
    """Of a state from its start on, exactly where they are rational."""
    facts = calculation_facts(on_reference("dl-python/gradient-descent"))
    assert [len(facts[name]) for name in ("exact_2", "e_2")] == [101, 100]
    assert facts["exact_2"][:2] == [[-3, 4], [9, -12]]
    assert facts["exact_2"][100] == [-3 * Fraction(3) ** 100, 4 * Fraction(3) ** 100]


def test_a_network_without_data_has_exact_counts(on_reference: OnReference) -> None:
    """Weights, biases and multiply-accumulates by layer, and how many layers with weights follow each other."""
    facts = size_facts(on_reference("dl-python/cnn-alexnet"))
    assert facts["kinds"].keys() == facts["shapes"].keys() == facts["weights"].keys()
    assert all(isinstance(count, Fraction) for what in ("weights", "biases", "macs") for count in facts[what].values())
    assert (facts["depth"], facts["weights"]["conv1"], facts["kinds"]["layer 10"]) == (8, 34848, "flatten")


def test_gradient_descent_of_a_parameter() -> None:
    """Without momentum a parameter is minus the sum of the gradients so far."""
    assert parameters_after("sgd", [1, 2], {}) == [-1.0, -3.0]


def test_results_of_seeds_are_known_by_their_title(on_reference: OnReference) -> None:
    """Every printed result has its value for each seed."""
    seeds = image_facts(on_reference("numpy-dnn/325_1"))["seeds"]
    assert len(seeds["epoch 1, rc 10000, hit"]) == 50


def test_every_kind_with_errata_in_words_has_facts(on_reference: OnReference) -> None:
    """One example of each model: none of the facts is missing for want of an engine."""
    of_model = {type(example): example for example in load_all().values()}
    assert of_model.keys() == OF_KIND.keys()
    for model, example in of_model.items():
        assert OF_KIND[model](on_reference(example.id))
