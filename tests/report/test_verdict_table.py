"""The verdict table has the numbers of the results, one row of bounded height for each example."""

from collections.abc import Callable

from report.formatting import LONGEST
from report.verdict_table import verdict_table
from verification.records import Ending, EpochResult, ExampleResult, Results, SourceResult

MakeExample = Callable[..., ExampleResult]
MakeResults = Callable[..., Results]
REASON = "every step is at most half the distance to the next float32 number, so that adding it changes nothing"


def cells(results: Results) -> dict[tuple[str, str], str]:
    """The cells of the only row, by group and name of the column."""
    table = verdict_table(results)
    (row,) = table.rows
    return {(column.group, column.name): cell for column, cell in zip(table.columns, row.cells, strict=True)}


def test_the_numbers_in_the_table_are_those_of_the_results(
    make_example: MakeExample, write_report: Callable[..., dict[str, str]], table_rows: Callable[[str], list[list[str]]]
) -> None:
    """Counts, epochs and least digits are in the row as the results have them, in HTML and in Markdown alike."""
    texts = write_report(make_example())
    row = ["2-2-2", "errata", "19/19", "1/2", "1", "207,889", "207,889", "207,889", "16.08", "exact", "–"]
    assert row in table_rows(texts["index.html"])
    assert "| 2-2-2 | a book, chapter 3 | " + " | ".join(row[1:]) + " |" in texts["report.md"]
    assert "19 of 19 printed numbers confirmed" in texts["report.md"]


def test_what_was_not_found_is_a_dash(make_results: MakeResults) -> None:
    """An example of which nothing was found has a row of dashes beside its verdict."""
    source = SourceResult(document="ours", section="bare")
    bare = ExampleResult(title="bare", kind="network", source=source, provenance="ours")
    (row,) = verdict_table(make_results(bare)).rows
    assert row.cells == ["not verified", *["–"] * 9]


def test_certified_epochs_and_smaller_types_have_columns_once_an_example_has_them(
    make_results: MakeResults, make_example: MakeExample
) -> None:
    """Endings are short words; reason and loss are in the example's section."""
    epochs = EpochResult(printed=79, certified=79, engines={"reference": 79, "keras": None})
    stalled = Ending(how="stalled", epoch=760_932, loss=5.698195764125558e-07, reason=REASON)
    float32 = {"reference": stalled, "keras": Ending(how="stopped", epoch=80)}
    table = cells(make_results(make_example(epochs=epochs, float32=float32, float16={"keras": Ending(how="overflowed")})))
    assert [cell for (group, _), cell in table.items() if group == "Stop epoch"] == ["79", "79", "79", "never"]
    assert [cell for (group, _), cell in table.items() if group == "Ends in float32"] == ["stalled at 760,932", "80"]
    assert [cell for (group, _), cell in table.items() if group == "Ends in float16"] == ["–", "overflowed"]
    assert ("Ends in float16", "keras") not in cells(make_results(make_example()))


def test_guaranteed_digits_are_not_shown_as_measured(
    make_results: MakeResults, make_example: MakeExample, write_report: Callable[..., dict[str, str]]
) -> None:
    """The table has measured digits; what the divergence bound guarantees is in the example's section alone."""
    example = make_example(correct_digits={"keras": {"parameters": 13.08, "loss": 15.93}}, guaranteed_digits={"keras": 8.82})
    assert cells(make_results(example))["Correct digits", "keras"] == "13.08"
    assert "8.82" not in "".join(cells(make_results(example)).values())
    page = write_report(example)["index.html"]
    assert page.count("8.82") == 1
    assert "8.82" in page.partition('<article id="numpy-dnn-0"')[2]


def test_notes_are_a_count_that_links_to_the_section(
    make_example: MakeExample, write_report: Callable[..., dict[str, str]]
) -> None:
    """The table has no column of long texts; the link leads to the notes themselves."""
    note = "this unit is dead: " + 100 * "its ReLU is never active, "
    page = write_report(make_example(notes=[note, "another"]))["index.html"]
    table, _, sections = page.partition("</table>")
    assert '<a href="#notes-numpy-dnn-0">2</a>' in table
    assert "its ReLU" not in table
    assert '<details open id="notes-numpy-dnn-0">' in sections
    assert note.strip() in sections


def test_no_row_is_higher_than_a_few_lines(make_results: MakeResults, make_example: MakeExample) -> None:
    """Every text of a row is cut off after a few lines, whatever the results hold."""
    long = 50 * "long words "
    ending = Ending(how="stalled", epoch=1, reason=long)
    example = make_example(title=long, source=SourceResult(document=long, section=long), notes=[long], float32={"keras": ending})
    example.correct_digits["keras"]["loss"] = 1e300
    (row,) = verdict_table(make_results(example)).rows
    assert all(len(text) <= LONGEST for text in (row.title, row.source, *row.cells))


def test_neighbouring_columns_of_one_group_share_a_heading(make_results: MakeResults, make_example: MakeExample) -> None:
    """Groups are in the order of the columns, and hold all of them."""
    table = verdict_table(make_results(make_example()))
    assert [group for group, _ in table.groups] == ["", "Printed", "Stop epoch", "Correct digits", ""]
    assert [column for _, columns in table.groups for column in columns] == table.columns
