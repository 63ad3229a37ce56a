"""Blocks: an architecture as a calculation with random weights."""

from reference.graph import forward
from worked_examples import load, numbers
from worked_examples.loading import ROOT
from worked_examples.schema.kinds.block import BlockExample

SHAPES = {
    "input": (3, 6, 5),
    **dict.fromkeys(("first", "first_norm", "second", "second_norm", "added"), (3, 6, 5)),
    **dict.fromkeys(("narrow", "narrow_norm", "inner", "inner_norm"), (2, 3, 3)),
    **dict.fromkeys(("wide", "wide_norm", "skip", "skip_norm", "out"), (4, 3, 3)),
}


def test_a_block_is_computed_layer_by_layer() -> None:
    """Every layer is a value of the calculation, with the shape that is counted, and the loss is a number."""
    example = load(ROOT / "ours" / "residual-block.toml")
    assert isinstance(example, BlockExample)
    calculation = example.calculation(SHAPES)
    values = forward(calculation.nodes, {name: numbers(array) for name, array in calculation.inputs.items()})
    assert {name: values[name].shape for name in SHAPES} == {name: (2, *shape) for name, shape in SHAPES.items()}
    assert values["loss"].shape == ()
    assert calculation.gradients_of == "loss"
