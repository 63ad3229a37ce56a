"""The facts of an example by its kind."""

from fractions import Fraction

from verification.proofs.by_kind import facts_by_kind, parameters_after, rational_or_float64
from worked_examples import load_all

EXAMPLES = load_all()


def test_what_is_not_rational_is_calculated_in_float64() -> None:
    """Where NumPy has no exp of a fraction, the number type is float64; else it is exact."""

    def calculate(number_type: str) -> str:
        if number_type == "rational":
            raise TypeError
        return number_type

    assert rational_or_float64(calculate) == "float64"
    assert rational_or_float64(str) == "rational"


def test_a_network_has_its_data_exactly_and_one_pass() -> None:
    """Inputs and kernels of 311_1 are the printed fractions; outputs have one entry a layer; the book's stop epoch is known."""
    facts = facts_by_kind(EXAMPLES["numpy-dnn/311_1"])
    assert facts["input"] == [[Fraction(2), Fraction(3)]]
    assert len(facts["outputs"]) == len(facts["kernels"]) == len(facts["kernel_gradients"])
    assert facts["stop_epoch"] == 79


def test_gradient_descent_of_a_parameter() -> None:
    """Without momentum a parameter is minus the sum of the gradients so far."""
    assert parameters_after("sgd", [1, 2], {}) == [-1.0, -3.0]


def test_results_of_seeds_are_known_by_their_title() -> None:
    """Every printed result has its value for each seed."""
    seeds = facts_by_kind(EXAMPLES["numpy-dnn/325_1"])["seeds"]
    assert len(seeds["epoch 1, rc 10000, hit"]) == 50


def test_every_kind_with_errata_in_words_has_facts() -> None:
    """One example of each kind: none of the facts is missing for want of an engine."""
    of_kind = {example.kind: example for example in EXAMPLES.values()}
    assert {kind for kind, example in of_kind.items() if not facts_by_kind(example)} <= {"block"}
