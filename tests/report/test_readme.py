"""The tables of the README are those of the results."""

from collections.abc import Callable
from pathlib import Path

import pytest

from report.readme import least_digits, rewrite, tables
from verification.records import Counts, Ending, EpochResult, ExampleResult, Results, Totals


@pytest.fixture
def results(make_results: Callable[..., Results], make_example: Callable[..., ExampleResult]) -> Results:
    """A run of one training whose stop epoch is printed, and one whose is not."""
    epochs = EpochResult(printed=1_078_011, certified=1_078_011, engines={"reference": 1_078_011, "keras": None})
    digits = {"reference": {"parameters": 13.08, "loss": 9.9}, "keras": {"parameters": 14.2}}
    stalled = {"keras": Ending(how="stalled", epoch=760_936, loss=5.7e-7)}
    printed = make_example(epochs=epochs, correct_digits=digits, guaranteed_digits={"keras": 8.82}, float32=stalled)
    one_engine = make_results(printed, make_example(epochs=EpochResult(engines={"keras": 3})))
    counts = Counts(confirmed=5, truncated=1, off=2, wrong=3, undecided=4, total=15)
    return one_engine.model_copy(
        update={"documents": {"a book": Totals(printed=counts, percentiles=6, errata={"author": {"code": 7}})}}
    )


def test_the_tables_are_those_of_the_results(results: Results) -> None:
    """Documents have their totals, printed stop epochs the engines' and what float32 makes of them; digits are measured ones."""
    assert tables(results).splitlines() == [
        "| document | printed numbers | confirmed | truncated | off or wrong | undecided "
        "| beside the page | results with a percentile among seeds | errata, author (result / code / statement / notation) |",
        f"|{' --- |' * 9}",
        "| a book | 15 | 5 | 1 | 5 | 4 | 0 | 6 | 7 (0 / 7 / 0 / 0) |",
        "",
        "| training | printed epoch | certified | reference | keras | least digits | float32 on keras |",
        f"|{' --- |' * 7}",
        "| numpy-dnn/0 | 1,078,011 | 1,078,011 | 1,078,011 | never | 13.1 | stalled at 760,936 |",
    ]


def test_least_digits_are_of_parameters(make_example: Callable[..., ExampleResult]) -> None:
    """Exact parameters are a word; an example whose parameters were not compared has a dash."""
    assert least_digits(make_example(correct_digits={"keras": {"parameters": "exact", "loss": 3.0}})) == "exact"
    assert least_digits(make_example()) == "–"


def test_only_the_text_between_the_markers_changes(results: Results, tmp_path: Path) -> None:
    """What is before and after the tables stays as it is; writing twice changes nothing."""
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- verdicts -->\nold\n<!-- /verdicts -->\nafter\n", encoding="utf-8")
    text = rewrite(results, readme).read_text(encoding="utf-8")
    assert text == f"before\n<!-- verdicts -->\n{tables(results)}<!-- /verdicts -->\nafter\n"
    assert rewrite(results, readme).read_text(encoding="utf-8") == text
