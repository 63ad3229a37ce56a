"""The words of quantities: read, written again, and refused where they mean nothing."""

import pytest

from worked_examples.printed.quantities import Quantity, quantity


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("loss", Quantity("loss")),
        ("layer 2 kernel", Quantity("kernel", 2)),
        ("gradient of layer 1 kernel [0, 1]", Quantity("kernel", 1, gradient=True, entry=(0, 1))),
        ("layer 1 bias after update", Quantity("bias", 1, after_update=True)),
        ("gradient of layer 2 recurrent kernel [0, 3]", Quantity("recurrent kernel", 2, gradient=True, entry=(0, 3))),
        ("layer 3 scale", Quantity("scale", 3)),
        ("layer 12 kernel transposed after update [3]", Quantity("kernel", 12, after_update=True, entry=(3,), transposed=True)),
        ("gradient of input", Quantity("input", gradient=True)),
        ("gradient of output [0, 1]", Quantity("output", gradient=True, entry=(0, 1))),
        ("layer 2 pre-activation", Quantity("pre-activation", 2)),
        ("gradient of layer 1 output", Quantity("output", 1, gradient=True)),
        (
            "minus gradient of layer 2 pre-activation after update",
            Quantity("pre-activation", 2, gradient=True, after_update=True, negated=True),
        ),
        ("loss per output [1]", Quantity("loss per output", entry=(1,))),
        ("loss per sample", Quantity("loss per sample")),
        ("loss without penalty after update", Quantity("loss without penalty", after_update=True)),
        ("penalty", Quantity("penalty")),
        (
            "output for test transposed after update [0, 1]",
            Quantity("output", after_update=True, entry=(0, 1), transposed=True, data="test"),
        ),
        ("gradient of layer 1 kernel for test", Quantity("kernel", 1, gradient=True, data="test")),
        ("learning rate", Quantity("learning rate")),
    ],
)
def test_words_are_read_and_written(words: str, expected: Quantity) -> None:
    """A quantity written as words is the same quantity."""
    assert quantity(words) == expected
    assert str(expected) == words


@pytest.mark.parametrize(
    "words",
    [
        "",
        "kernel",
        "layer 0 kernel",
        "gradient of loss",
        "gradient of loss per output",
        "minus loss",
        "minus output",
        "pre-activation",
        "layer 1 loss per sample",
        "loss [a]",
        "learning rate after update",
        "gradient of learning rate",
        "layer 1 kernel for test",
        "epoch for test",
        "mae",
        "Loss",
    ],
)
def test_what_is_not_a_quantity_is_refused(words: str) -> None:
    """The message lists what is accepted."""
    with pytest.raises(ValueError, match=r"^") as caught:
        quantity(words)
    assert str(caught.value) == (
        f"'{words}' is not a quantity; accepted: 'epoch', 'learning rate', 'loss', 'loss per output', 'loss per sample', "
        "'loss without penalty', 'penalty', 'input', 'target', 'output', 'layer N pre-activation', 'layer N output', "
        "'layer N kernel', 'layer N bias', 'layer N recurrent kernel', 'layer N recurrent bias', 'layer N scale', "
        "'layer N offset', 'gradient of ...', 'minus gradient of ...', '... for FURTHER_DATA', '... transposed', "
        "'... after update', '... [i, j]', 'layer N shape', 'depth', 'parameters', 'weights', 'biases', 'connections', 'MACs', "
        "'layer N parameters', 'parameters in thousands', ..."
    )


@pytest.mark.parametrize("words", ["mae", "mae for test", "mae transposed after update [1]"])
def test_a_formula_is_a_quantity_by_its_name(words: str) -> None:
    """Of the names that are given; any other is not."""
    found = quantity(words, ["mae"])
    assert (found.part, found.formula, str(found)) == ("formula", "mae", words)
    with pytest.raises(ValueError, match="is not a quantity; accepted: 'mse', 'epoch', "):
        quantity(words, ["mse"])


@pytest.mark.parametrize(
    "words", ["depth", "parameters", "MACs in billions", "layer 2 shape", "layer 2 shape [1]", "layer 10 connections in thousands"]
)
def test_a_size_is_a_quantity(words: str) -> None:
    """Its words are its own; nothing changes it."""
    assert quantity(words).is_size
    assert str(quantity(words)) == words
    assert not quantity(words).is_chained


@pytest.mark.parametrize(
    "words",
    ["shape", "layer 1 depth", "depth in millions", "layer 1 shape in millions", "weights after update", "gradient of parameters"],
)
def test_what_is_no_size_is_refused(words: str) -> None:
    """A depth and a shape have no unit, and no size changes."""
    with pytest.raises(ValueError, match=rf"^'{words}' is not a quantity; accepted: 'epoch', "):
        quantity(words)
