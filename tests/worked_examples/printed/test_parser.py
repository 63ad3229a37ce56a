"""The parser of printed blocks: every digit is kept, everything else is refused with its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worked_examples.printed.parser import PrintedError, flatten, is_number, parse


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
    ],
)
def test_reads_what_programs_print(text: str, expected: list[tuple[str, object]]) -> None:
    """Names, scalars, lists, matrices over several lines, shapes, and signs torn off by OCR are read; digits stay as printed."""
    assert [(item.name, item.values) for item in parse(text)] == expected


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
