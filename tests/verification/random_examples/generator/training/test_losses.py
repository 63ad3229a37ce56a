"""Random penalties, and layers that share a parameter or keep some."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from verification.random_examples.generator.training.losses import biases, of_names, penalties, reductions
from verification.random_examples.truth.network import Layer, Network
from worked_examples.schema.trainings.regularization import Penalty

TWO_LAYERS = Network(("identity", "identity"), "half squared error")
CELL = Layer("gru", {}, (0,), ("kernel", "recurrent_kernel", "bias", "recurrent_bias"))
SCALED = Layer("layer normalization", {}, (1,), ("scale", "offset"))


def test_a_kernel_is_what_is_multiplied_and_a_bias_what_is_added() -> None:
    """Of layers of every type."""
    network = TWO_LAYERS._replace(layers=(CELL, SCALED))
    assert [of_names(network, of) for of in (["kernel"], ["bias"], ["bias", "kernel"])] == [
        (0, 1, 4),
        (2, 3, 5),
        (0, 1, 2, 3, 4, 5),
    ]


def test_only_what_there_is_has_a_penalty(drawn: Callable[..., list[Any]]) -> None:
    """Of a layer without a bias its kernel, of one without parameters nothing."""
    plain = Layer("dense", {}, (0,), ("kernel",))

    def of(layer: Layer) -> set[tuple[int, ...] | None]:
        network = TWO_LAYERS._replace(layers=(layer,))
        return {penalty and penalty.places for penalty in drawn(penalties({}, network), 40)}

    assert of(plain) == {None, (0,)}
    assert of(plain._replace(parameters=())) == {None}


@st.composite
def with_table(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    """A penalty of two layers, with the table of its network."""
    table: dict[str, Any] = {}
    return table, draw(penalties(table, TWO_LAYERS))


def test_a_penalty_is_what_is_written(drawn: Callable[..., list[Any]]) -> None:
    """Coefficients, half and parameters, as the model of fixtures reads them; some networks have none."""
    known = [(table, penalty) for table, penalty in drawn(with_table(), 60) if penalty]
    assert 0 < len(known) < 60
    for table, penalty in known:
        read, rule = Penalty.model_validate(table["penalty"]), Penalty.model_validate(table["penalty"]).rule("float64")
        assert (float(penalty.l1), float(penalty.l2) / (1 + penalty.half)) == (rule.l1, rule.l2)
        assert penalty.places == tuple(place for place in range(4) if ("kernel", "bias")[place % 2] in read.of)


def test_a_mean_squared_error_is_no_mean_over_outputs_again(drawn: Callable[..., list[Any]]) -> None:
    """The loader refuses it; of other losses it is drawn."""
    assert {table.get("output_reduction") for table in drawn(reductions("mean squared error"), 30)} <= {None, "sum"}
    assert {table.get("output_reduction") for table in drawn(reductions("hinge"), 30)} == {None, "sum", "mean"}


def test_a_bias_is_seldom_shared(drawn: Callable[..., list[Any]]) -> None:
    """Then it is one parameter, written as a number or as a list of one."""
    found = drawn(biases(3), 150)
    sharing = [keys for bias, keys in found if "shared_bias" in keys]
    assert 0 < len(sharing) < len(found) / 3
    assert {type(keys["bias"]) for keys in sharing} == {list, str}
    assert all(len(bias) == (1 if "shared_bias" in keys else 3) for bias, keys in found)
