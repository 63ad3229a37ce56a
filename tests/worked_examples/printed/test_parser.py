"""The parser of printed blocks: every digit is kept, everything else is refused with its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worked_examples.printed.parser import PrintedError, flatten, parse


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
