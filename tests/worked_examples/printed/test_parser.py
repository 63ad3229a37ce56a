"""The parser of printed blocks: every digit is kept, everything else is refused with its place."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from worked_examples.printed.console import PrintedError
from worked_examples.printed.items import flatten
from worked_examples.printed.notations import is_number
from worked_examples.printed.parser import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E = 0.0000001", [("E", "0.0000001")]),
        ("Y = [[27.000 -30.000]]", [("Y", [["27.000", "-30.000"]])]),
        (" W =\n [[ 4.143 -3.571]\n [ 5.714 -6.857]]", [("W", [["4.143", "-3.571"], ["5.714", "-6.857"]])]),
        ("y1, y2 = 27.000, -30.000", [("y1", "27.000"), ("y2", "-30.000")]),
        ("xb = -0.002, wb = -0.001", [("xb", "-0.002"), ("wb", "-0.001")]),
        ("epoch = 78", [("epoch", "78")]),
        ("b = -0.000", [("b", "-0.000")]),
        ("e = 1.5e-07", [("e", "1.5e-07")]),
        ("v = [5. 11. 17.]", [("v", ["5.", "11.", "17."])]),
        ("v = .05", [("v", ".05")]),
        ("I.shape=(10, 1, 7)", [("I.shape", ["10", "1", "7"])]),
        ("I[2]: [[1 0]], shape=(1, 2)", [("I[2]", [["1", "0"]]), ("I[2].shape", ["1", "2"])]),
        ("Y = [[27.000 - 30.000]]", [("Y", [["27.000", "-30.000"]])]),
        ("편향 = 1.0", [("편향", "1.0")]),
        ("w = array([[1., nan]])", [("w", [["1.", "nan"]])]),
        ("w: array([-0., inf], dtype=float32)", [("w", ["-0.", "inf"])]),
        ("y tensor([[0.1, 0.2]], dtype=torch.float64, grad_fn=<AddBackward0>)", [("y", [["0.1", "0.2"]])]),
        ("y = tensor(0.5, device='cuda:0', requires_grad=True)", [("y", "0.5")]),
        ("fc.weight Parameter containing:\ntensor([[1.0000e-04]],\n       requires_grad=True)", [("fc.weight", [["1.0000e-04"]])]),
        ("y = tf.Tensor([[0.1 0.2]], shape=(1, 2), dtype=float64)", [("y", [["0.1", "0.2"]])]),
        ("y = tf.Tensor(0.5, shape=(), dtype=float64)", [("y", "0.5")]),
        ("y = <tf.Tensor: shape=(2,), dtype=float64, numpy=array([0.1, 0.2])>", [("y", ["0.1", "0.2"])]),
        ("k = <tf.Variable 'd/kernel:0' shape=(1, 1) dtype=float32, numpy=\narray([[1.]], dtype=float32)>", [("k", [["1."]])]),
        ("k = <Variable path=net/kernel, shape=(2, 1), dtype=float32, value=[[1.] [2.]]>", [("k", [["1."], ["2."]])]),
        ("x = np.float64(0.3), b = np.True_", [("x", "0.3"), ("b", "True")]),
        ("p = [array([1., 2.]), array([3.])]", [("p", [["1.", "2."], ["3."]])]),
        ("Output after training:\n[[0.00966449]\n [0.00786506]]", [("Output after training", [["0.00966449"], ["0.00786506"]])]),
        ("Output after training\n[1 2]", [("Output after training", ["1", "2"])]),
        (">epoch=95, lrate=0.100, error=0.023", [("epoch", "95"), ("lrate", "0.100"), ("error", "0.023")]),
        ("Epoch 10/20, loss: 0.5", [("Epoch", "10"), ("loss", "0.5")]),
        ("Epoch [10/20], Loss: 0.5", [("Epoch", "10"), ("Loss", "0.5")]),
        ("Epoch: 3 | Loss: 0.5 | Accuracy: 98.5%", [("Epoch", "3"), ("Loss", "0.5"), ("Accuracy", "98.5%")]),
        ("epoch 10 loss 0.5", [("epoch", "10"), ("loss", "0.5")]),
        ("epoch 1 - loss: 0.5 - accuracy: 0.75", [("epoch", "1"), ("loss", "0.5"), ("accuracy", "0.75")]),
        ("y ≈ 0.73; z ~= -0.0", [("y", "0.73"), ("z", "-0.0")]),
        ("a = 12.5 %, n = 1,234,567, m = [1,234]", [("a", "12.5%"), ("n", "1,234,567"), ("m", ["1", "234"])]),
        ("p = -1/2, q = [1/2 3/4]", [("p", "-1/2"), ("q", ["1/2", "3/4"])]),
    ],
)
def test_reads_what_programs_print(text: str, expected: list[tuple[str, object]]) -> None:
    """Names, scalars, lists, matrices over several lines, and what programs and frameworks write around them; digits stay."""
    assert [(item.name, item.values) for item in parse(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t = 3 ms, width=12px", [("t", "3"), ("width", "12")]),
        ("t = 3 ms/step", [("t", "3")]),
        ("n = 1,234 px", [("n", "1,234")]),
        ("T = 20 °C", [("T", "20")]),
        ("t = 3 ms = 4", [("t", "3"), ("ms", "4")]),
        ("t = 3 ms: 4", [("t", "3"), ("ms", "4")]),
    ],
)
def test_a_stated_unit_may_stand_behind_a_number(text: str, expected: list[tuple[str, object]]) -> None:
    """It is not part of the number; in front of a mark it is a name."""
    assert [(item.name, item.values) for item in parse(text, units=["m", "ms", "px", "ms/step", "°C"])] == expected


@pytest.mark.parametrize("text", ["Loss after 100 epochs: 0.5", "Loss after 100 epochs:\n0.5", "Loss after 100 epochs\n0.5"])
def test_a_label_may_have_numbers(text: str) -> None:
    """Where it is one of the known labels: they are words of the line, not numbers of the block."""
    assert [(item.name, item.values) for item in parse(text, labels=["Loss after 100 epochs"])] == [
        ("Loss after 100 epochs", "0.5")
    ]


PRINTED = re.compile(r"True|False|[-+]?(?:nan|inf|[0-9.]+(?:e[-+][0-9]+)?)")


def check_read_back(text: str, shape: tuple[int, ...]) -> None:
    """Every number of a print, found by its characters alone, is read with its digits, in the shape of the array."""
    (item,) = parse(text)
    found = dict(flatten(item.values))
    assert list(found) == list(np.ndindex(*shape))
    body = re.sub(r"array|tensor|dtype=.*|grad_fn=.*", "", text.partition("=")[2])
    assert list(found.values()) == PRINTED.findall(body)


OPTIONS = st.fixed_dictionaries(
    {
        "precision": st.integers(0, 12),
        "suppress": st.booleans(),
        "floatmode": st.sampled_from(["fixed", "unique", "maxprec", "maxprec_equal"]),
        "sign": st.sampled_from(["-", "+", " "]),
        "linewidth": st.sampled_from([20, 75]),
    }
)


def is_in_range(number: Any) -> bool:
    """Whether a number is within the limits of a fixture, also where all its digits are printed: 200 characters; or none."""
    return not number or not np.isfinite(number) or 1e-290 < abs(float(number)) < 1e180


SHAPES = arrays.array_shapes(max_dims=3, max_side=4)
TYPES = ("float64", "float32", "float16", "int64", "int8", "bool")


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(TYPES), OPTIONS, st.sampled_from([str, repr]))
def test_what_numpy_prints_is_read_back(data: Any, dtype: str, options: dict[str, Any], write: Any) -> None:
    """Any array of any type under any print options: scientific, signed, wrapped, with nan and inf."""
    array = data.draw(arrays.arrays(dtype, SHAPES, elements=arrays.from_dtype(np.dtype(dtype)).filter(is_in_range)))
    with np.printoptions(**options):
        check_read_back(f"Y = {write(array)}", array.shape)


TORCH = st.fixed_dictionaries(
    {"precision": st.integers(1, 10), "sci_mode": st.sampled_from([None, True, False]), "linewidth": st.sampled_from([20, 80])}
)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.data(), st.sampled_from(TYPES), TORCH, st.booleans())
def test_what_torch_prints_is_read_back(data: Any, dtype: str, options: dict[str, Any], differentiated: bool) -> None:
    """Any tensor of any type under any print options, also one that knows its gradient."""
    torch = pytest.importorskip("torch")
    tensor = torch.from_numpy(
        data.draw(arrays.arrays(dtype, SHAPES, elements=arrays.from_dtype(np.dtype(dtype)).filter(is_in_range)))
    )
    if differentiated and tensor.is_floating_point():
        tensor = tensor.requires_grad_() * 1
    torch.set_printoptions(**options)
    try:
        check_read_back(f"Y = {tensor}", tuple(tensor.shape))
    finally:
        torch.set_printoptions(profile="default", sci_mode=None)


def test_a_summarised_array_is_refused() -> None:
    """Its numbers are not all printed; the message says how to print them."""
    with np.printoptions(threshold=3), pytest.raises(PrintedError) as caught:
        parse(f"Y = {np.arange(100)!r}")
    assert str(caught.value) == (
        "line 1: '...' stands for numbers that are not printed; print them all: np.set_printoptions(threshold=sys.maxsize), "
        "torch.set_printoptions(profile='full')"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a, b = 1,234", "line 1: '1,234' is one number or several; write a blank behind a comma between numbers"),
        ("t = 3 ms", "line 1: no number follows 'ms'; remove it, or is it a unit: units = [...]?"),
        ("t = 12px", "line 1: '12px' is neither a name nor a number; if 'px' is a unit: units = [\"px\"]"),
        ("Training finished\nE = 3", "line 1: no number follows 'Training finished'; remove it, or is it a unit: units = [...]?"),
        ("Results:\nE = 3", "line 1: no number follows 'Results'; remove it, or is it a unit: units = [...]?"),
        ("loss - 0.5", "line 1: '-' behind 'loss' is a sign or a dash; write = between name and number"),
        ("step = 1/2", "line 1: 'step = 1/2' is a fraction or a count; write the number that it is"),
        ("Epoch 30/20", "line 1: 'Epoch 30/20' counts beyond the last; accepted: at most 20"),
        ("E = 1\ny = tf.Tensor([0.1], shape=(3,))", "line 2: shape=(3), but the numbers have the shape (1)"),
        ("y = <tf.Tensor: shape=(1,)>", "line 1: '<tf.Tensor:' holds 0 arrays; accepted: one"),
        ("y = array([1], order=3)", "line 1: expected shape or numpy or value or ), found 'order'"),
        ("a → 3", "line 1: '→' is neither a name nor a number"),
        ("p = 1/0", "line 1: '/0' is neither a name nor a number"),
        ("n = 1,234,56", "line 1: expected name, found '234'"),
        ("12% = a", "line 1: expected name, found '12%'"),
    ],
)
def test_refuses_what_it_would_have_to_guess(text: str, message: str) -> None:
    """Dashes, units, counts and commas that could mean two things are refused with what to write instead."""
    with pytest.raises(PrintedError) as caught:
        parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("E = 0.0x1", "line 1: '0.0x1' is neither a name nor a number"),
        ("E = ", "line 1: expected number or [ or (, found 'the end of the block'"),
        ("0 = [[1]]", "line 1: expected name, found '0' (the letter O?)"),
        ("a, b = 1.0", "line 1: expected ,, found 'the end of the block'"),
        ("Y = [[1 2]\n", "line 1: expected number or [ or (, found 'the end of the block'"),
        ("E = 1\nF = 1.2.3", "line 2: '1.2.3' is neither a name nor a number"),
    ],
)
def test_refuses_what_is_no_printed_number(text: str, message: str) -> None:
    """A block that cannot be read is refused with the line and what is there."""
    with pytest.raises(PrintedError) as caught:
        parse(text)
    assert str(caught.value) == message


@settings(derandomize=True)
@given(st.lists(st.lists(st.decimals(-99, 99, places=3).map(str), min_size=3, max_size=3), min_size=1, max_size=4))
def test_a_pasted_matrix_keeps_every_digit(rows: list[list[str]]) -> None:
    """Whatever numbers stand in a matrix, each comes out as the text that went in, with its index."""
    text = "M = [" + "\n".join("[" + " ".join(row) + "]" for row in rows) + "]"
    (item,) = parse(text)
    assert dict(flatten(item.values)) == {(i, j): text for i, row in enumerate(rows) for j, text in enumerate(row)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Y = " + 21 * "[" + "1" + 21 * "]", "line 1: more than 20 brackets in each other; accepted: at most so many"),
        ("Y = " + 3_000 * "(", "line 1: more than 20 brackets in each other; accepted: at most so many"),
        ("Y = [" + 5_001 * "1 " + "]", "5,001 numbers in one block; accepted: at most 5,000, split the block"),
        ("\nY = " + 201 * "1", "line 2: a number of 201 characters; accepted: at most 200"),
        ("Y = 1e301", "line 1: '1e301' is out of range; accepted: 0, and from 1e-300 to 1e300, with or without a sign"),
        (301 * "Y" + " = 1", "line 1: a name of 301 characters; accepted: at most 300"),
        ("Y = １", "line 1: '１' is neither a name nor a number"),
        ("Y[１] = 1", "line 1: '１]' is neither a name nor a number"),
    ],
)
def test_refuses_what_is_beyond_the_limits(text: str, message: str) -> None:
    """The message names the line where one is, what was found and what is accepted."""
    with pytest.raises(PrintedError) as caught:
        parse(text)
    assert str(caught.value).startswith(message)


def test_reads_what_is_within_the_limits() -> None:
    """As many numbers and brackets as are accepted."""
    assert len(parse(5_000 * "Y = 1\n")) == 5_000
    (item,) = parse("Y = " + 20 * "[" + "1" + 20 * "]")
    assert list(flatten(item.values)) == [(20 * (0,), "1")]


@pytest.mark.parametrize(
    "text",
    [
        "Y = " + 50_000 * "1" + "x",
        "Y = " + 25_000 * "1" + "e" + 25_000 * "1" + "x",
        "Y = 1." + 50_000 * "1" + "x",
        "Y[" + 25_000 * "1,",
        "Y[" + 50_000 * "1",
        "Y = -" + 90_000 * " " + "x",
        20_000 * "a[1",
        30_000 * "a.",
        50_000 * ",",
        50_000 * "- ",
    ],
    ids=range(10),
)
def test_no_text_takes_more_than_linear_time(text: str) -> None:
    """Patterns that could split digits in two ways would take hours for these."""
    with pytest.raises(PrintedError):
        parse(text)


def test_what_is_one_number() -> None:
    """As the parser reads it, and nothing besides."""
    assert all(map(is_number, ("1", "-0.5e-7", "nan", "True", ".5")))
    assert not any(map(is_number, ("", "1 ", "x", "１", "1e999", 201 * "1", "[1]", "1\n")))
