"""From a quantity of a network to its number."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Evaluation, Intermediates, Parameters
from verification.runs.quantity_values import Snapshot, entry, minus, position
from worked_examples import FixtureError, NetworkExample
from worked_examples.printed.quantities import Quantity, quantity

Network = Callable[[str], NetworkExample]
KNOWN = Snapshot(
    [Parameters(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([5.0, 6.0]))],
    Evaluation(
        [np.array([[7.0, 8.0]])],
        np.array(9.0),
        [Parameters(np.array([[10.0, 11.0], [12.0, 13.0]]), np.array([14.0, 15.0]))],
        np.array([[16.0, 17.0]]),
        Intermediates(
            [np.array([[18.0, 19.0]])],
            [np.array([[20.0, 21.0]])],
            [np.array([[22.0, 23.0]])],
            np.array([[24.0, 25.0], [26.0, 27.0]]),
            np.array(28.0),
        ),
    ),
)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("layer 1 kernel [0, 1]", 2.0),
        ("layer 1 kernel transposed [0, 1]", 3.0),
        ("layer 1 bias [1]", 6.0),
        ("layer 1 bias [0, 1]", 6.0),
        ("output [0, 1]", 8.0),
        ("output [1]", 8.0),
        ("layer 1 output [0, 0]", 7.0),
        ("loss", 9.0),
        ("loss [0]", 9.0),
        ("gradient of layer 1 kernel [1, 0]", 12.0),
        ("gradient of layer 1 bias [0]", 14.0),
        ("gradient of input [0, 1]", 17.0),
        ("gradient of output [0]", 22.0),
        ("gradient of layer 1 output [1]", 23.0),
        ("layer 1 pre-activation [1]", 19.0),
        ("gradient of layer 1 pre-activation [1]", 21.0),
        ("minus gradient of layer 1 pre-activation [1]", -21.0),
        ("minus gradient of layer 1 kernel transposed [1, 0]", -11.0),
        ("loss per output [1, 0]", 26.0),
        ("loss per sample [1]", 53.0),
        ("loss without penalty", 102.0),
        ("penalty", 28.0),
        ("input [0, 1]", "3"),
        ("target [0, 0]", "27"),
    ],
)
def test_a_quantity_names_an_entry(words: str, value: float | str, network: Network) -> None:
    """Missing leading indices are 0, as of a matrix of one row that is printed as a list; superfluous leading ones are dropped."""
    example = network("numpy-dnn/311_1")
    named = quantity(words)
    named = named._replace(layer=1) if named.part == "output" else named
    assert entry(named, example, KNOWN) == value


def test_an_engine_without_intermediates_is_told(network: Network) -> None:
    """The reference does not compute for it."""
    without = KNOWN._replace(evaluation=KNOWN.evaluation._replace(intermediates=None))
    with pytest.raises(FixtureError) as caught:
        entry(quantity("layer 1 pre-activation [1]"), network("numpy-dnn/311_1"), without)
    message = "printed: layer 1 pre-activation [1]: this engine gives no pre-activations and no gradients by them"
    assert str(caught.value).endswith(f"311_1.toml: {message}")


@pytest.mark.parametrize(("known", "opposite"), [("0.5", "-0.5"), ("-0.5 +/- 1e-9", "0.5 +/- 1e-9"), (2.0, -2.0)])
def test_the_other_sign(known: float | str, opposite: float | str) -> None:
    """Of numbers and of certified strings."""
    assert minus(known) == opposite


@pytest.mark.parametrize("words", ["layer 1 kernel [2, 0]", "layer 1 kernel [0, 2]", "layer 1 bias [1, 0]", "loss [1]"])
def test_an_index_outside_is_an_error(words: str, network: Network) -> None:
    """With the file and the shape."""
    example = network("numpy-dnn/311_1")
    with pytest.raises(FixtureError, match=r"311_1\.toml: printed: .* lies outside an array of the shape "):
        entry(quantity(words), example, KNOWN)


def test_a_formula_of_several_entries_is_no_single_number(network: Network) -> None:
    """Else the first of them would be judged, where its author forgot a mean."""
    example = network("numpy-dnn/311_1")
    assert position(Quantity("formula", formula="f", entry=(1,)), (1, 2), example) == (0, 1)
    with pytest.raises(FixtureError, match=r"printed: f lies outside an array of the shape \(3, 1\)"):
        position(Quantity("formula", formula="f"), (3, 1), example)
