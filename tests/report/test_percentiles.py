"""Printed results of unknown weights are shown with their percentile among the seeds."""

from collections.abc import Callable
from pathlib import Path

import pytest

from report import pages
from report.percentiles import claim_texts, percentile_rows
from verification.records import ExampleResult
from verification.seeds.records import SeedFile

SEEDS = Path(pages.__file__).parents[1] / "fixtures" / "seeds" / "numpy-dnn"


@pytest.fixture
def read_seeds() -> Callable[[str], SeedFile]:
    """The committed seeds of an example of chapter 3."""
    return lambda name: SeedFile.model_validate_json((SEEDS / f"{name}.json").read_text(encoding="utf-8"))


def test_unreproducible_results_are_rows_with_their_percentile(
    read_seeds: Callable[[str], SeedFile],
    make_example: Callable[..., ExampleResult],
    write_report: Callable[..., dict[str, str]],
    table_rows: Callable[[str], list[list[str]]],
) -> None:
    """Each printed result is a row with its verdict; outputs printed together share one; an example without seeds has none."""
    seeds = read_seeds("321_1")
    texts = write_report(make_example(percentiles=seeds.quantities, seed_claims=seeds.claims), make_example())
    rows = [row for row in table_rows(texts["index.html"]) if row[0].startswith(("at the stop, epoch", "outputs, "))]
    assert rows == [
        ["outputs, epoch 1", "0.4955, 0.5135, 0.4960, 0.4873", "4 typical"],
        [
            "at the stop, epoch",
            "27818",
            "typical: percentile 94.9 of 1,000 seeds, 98 % of them from 21629 to never",
        ],
        ["outputs, at the stop", "0.0070, 0.0073, 0.9927, 0.0066", "4 typical"],
    ]
    assert "training stops within 1,000,000 epochs: holds for 97.6 %" in texts["index.html"]
    in_markdown = texts["report.md"].partition("among many seeds")[2].partition("\n## ")[0]
    assert in_markdown.count("\n| ") == 2 + len(list(percentile_rows(seeds.quantities)))


def test_many_numbers_printed_together_are_counted(read_seeds: Callable[[str], SeedFile]) -> None:
    """More than a few texts are a number of numbers, and a number of verdicts."""
    first, *_ = percentile_rows(read_seeds("322_1").quantities)
    assert first[1:] == ("40 numbers", "40 typical")


def test_derived_results_are_marked(read_seeds: Callable[[str], SeedFile]) -> None:
    """A result that follows from other printed numbers says so."""
    quantity = read_seeds("321_1").quantities[0].model_copy(update={"derived": True})
    (row,) = percentile_rows([quantity])
    assert row.name == "epoch 1, loss (follows from the print)"


def test_nothing_follows_from_no_seeds() -> None:
    """An example without seeds has neither rows nor sentences."""
    assert list(percentile_rows([])) == []
    assert claim_texts([]) == []
