"""Formats of a program's own print: numbers that need no typed names."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from worked_examples.printed.console import PrintedError
from worked_examples.printed.formats import compiled, rows


def read(form: str, text: str, columns: tuple[str, ...] = ()) -> list[tuple[str, object]]:
    """Names and values of all rows."""
    return [(item.name, item.values) for item in rows(text, compiled(form, columns))]


@pytest.mark.parametrize(
    ("form", "columns", "text", "expected"),
    [
        (
            ">epoch={epoch}, lrate={learning_rate:.3f}, error={error:.3f}",
            (),
            ">epoch=95, lrate=0.100, error=-0.000\n",
            [("epoch", "95"), ("learning_rate", "0.100"), ("error", "-0.000")],
        ),
        (
            "Epoch {epoch+1:>4d}/{n}: {loss.item():9.2e}",
            (),
            "Epoch    3/20:  1.20e-05",
            [("epoch+1", "3"), ("n", "20"), ("loss.item()", "1.20e-05")],
        ),
        ("acc {100*acc:.1f}%, {part:.2%}", (), "acc 98.5%, 5.00%", [("100*acc", "98.5%"), ("part", "5.00%")]),
        ("{epoch=} {loss=:.2f}", (), "epoch=3 loss=nan", [("epoch", "3"), ("loss", "nan")]),
        ("{n:,} {m:,.1f}", (), "1,234,567 999.5", [("n", "1,234,567"), ("m", "999.5")]),
        ("{} | {}", ("y", "E"), "[[1. 2.]] | tensor(0.5, grad_fn=<MseLossBackward0>)", [("y", [["1.", "2."]]), ("E", "0.5")]),
        ("{0:>8.3f} {1:>8.3f}", ("x", "y"), "  -1.000    2.000", [("x", "-1.000"), ("y", "2.000")]),
        ("{{E}} = {E!r}", (), "{E} = 0.5", [("E", "0.5")]),
        (
            "%d %.6f\n",
            ("epoch", "loss"),
            "1 0.500000\n\n 2 0.400000",
            [("epoch", "1"), ("loss", "0.500000"), ("epoch", "2"), ("loss", "0.400000")],
        ),
        ("%5d%10.4f", ("epoch", "loss"), "    1    0.5000", [("epoch", "1"), ("loss", "0.5000")]),
        ("%(epoch)d: %(acc)g%%", (), "3: 50%", [("epoch", "3"), ("acc", "50%")]),
    ],
)
def test_a_line_in_the_format_is_a_row(form: str, columns: tuple[str, ...], text: str, expected: list[tuple[str, object]]) -> None:
    """Numbers have the names of their fields, or of the columns, and keep their digits."""
    assert read(form, text, columns) == expected


@pytest.mark.parametrize(
    ("form", "text", "message"),
    [
        ("E={E:.3f}", "E=0.100\nE=0.5", "line 2: 'E=0.5' is not in the format; remove the line, or write another format"),
        ("E={E:d}", "E=0.5", "line 1: 'E=0.5' is not in the format; remove the line, or write another format"),
        ("E={E}", "E=[1 ... 3]", "line 1: field 'E': '...' stands for numbers that are not printed; print them all: "),
        ("E={E}", "E=1e999", "line 1: field 'E': '1e999' is out of range; accepted: 0, and from 1e-300 to 1e300, "),
        ("E={E}", 5_001 * "E=1\n", "5,001 numbers in one block; accepted: at most 5,000, split the block"),
    ],
)
def test_other_lines_are_refused(form: str, text: str, message: str) -> None:
    """With the line, and what to do."""
    with pytest.raises(PrintedError) as caught:
        read(form, text)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("no field", "'no field' has no field; accepted: fields such as {epoch}, {loss:.4f}, %(epoch)d, %.4f"),
        ("%d %d", "2 fields without a name, but 0 columns; write columns = [...], a name for each"),
        ("{a}{b}", "'a' and the next field may run into each other; accepted: fields with a blank between them"),
        ("{a}.{b}", "'a' and the next field may run into each other; accepted: fields with a blank between them"),
        ("{a:,},{b}", "'a' and the next field may run into each other; accepted: fields with a blank between them"),
        ("{a:x}", "'{a:x}' is not a field; accepted: {name}, {name:d}, {name:8.3f} and their like"),
        ("{a:{w}}", "'{a:{w}}' is not a field; accepted: {name}, {name:d}, {name:8.3f} and their like"),
        ("{a", "'{a' is not a format (expected '}' before end of string); write {{ for a brace that is printed"),
        ("{a}\n{b}", "a format of several lines, or of more than 2,000 characters; accepted: one line"),
    ],
)
def test_a_format_that_cannot_be_read_back_is_refused(form: str, message: str) -> None:
    """The message says what is accepted."""
    with pytest.raises(ValueError, match=r"^") as caught:
        compiled(form)
    assert str(caught.value) == message


SPECS = st.sampled_from(["", "d", "5d", "05d", ".3f", "10.4f", "+.2e", ",.1f", ".1%", ">9.2f", "g"])


@settings(derandomize=True, max_examples=300)
@given(
    st.lists(st.tuples(SPECS, st.integers(-(10**6), 10**6)), min_size=1, max_size=4), st.sampled_from([" ", ", ", " | ", "; x="])
)
def test_what_a_format_prints_is_read_back(fields: list[tuple[str, int]], between: str) -> None:
    """Every number with all of its digits, whatever the fields."""
    assume(not (between.startswith(",") and any("," in spec for spec, _ in fields[:-1])))  # refused: they may run into each other
    form = between.join(f"{{f{position}:{spec}}}" for position, (spec, _) in enumerate(fields))
    values = {f"f{position}": number for position, (_, number) in enumerate(fields)}
    expected = [(f"f{position}", format(number, spec).strip()) for position, (spec, number) in enumerate(fields)]
    assert read(form, form.format(**values)) == expected


@pytest.mark.parametrize("form", ["{a} {b} {c} {d}", "{a:8.3f} {b:8.3f} {c:8.3f}", "{a}, {b}, {c}, {d}, {e:d}"])
@pytest.mark.parametrize("text", [2_000 * " ", 2_000 * "1", 1_000 * "1 ", 2_000 * "[", 1_000 * "[]", 2_000 * "a", 600 * "1, "])
def test_no_line_takes_long(form: str, text: str) -> None:
    """Lines that nearly match are refused at once."""
    if text.strip():
        with pytest.raises(PrintedError):
            read(form, text + "x")
