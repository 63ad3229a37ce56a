"""What the results say of an example without any check: source, errata with their places and evidence, what images print."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.images.printed_rows import printed_results
from verification.results.from_fixture import errata, evidence, from_fixture, location, place, texts
from verification.seeds.seed_files import quantities
from worked_examples import load_all
from worked_examples.schema.errata import Location, NumberErratum

EXAMPLES = load_all()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_erratum_is_in_the_results(name: str) -> None:
    """Those of numbers, statements and words, each with what is printed and what is correct."""
    example = EXAMPLES[name]
    listed = [
        *(erratum for block in example.blocks for erratum in block.errata),
        *(erratum for statement in getattr(example, "statements", ()) for erratum in statement.errata),
        *example.errata,
    ]
    assert [(entry.printed, entry.correct) for entry in from_fixture(example).errata] == [
        (entry.printed, entry.correct) for entry in listed
    ]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"number": "W"}, "W"),
        ({"number": "W", "at": (0, 1)}, "W[0, 1]"),
        ({"number": "x2b", "occurrence": 2}, "x2b, occurrence 2"),
    ],
)
def test_the_place_of_a_number(fields: dict[str, Any], text: str) -> None:
    """Name, index, and the occurrence where it is not the first."""
    assert place(NumberErratum(printed="1", correct="2", why="a slip", cause="author", weight="result", **fields)) == text


def test_an_erratum_in_words_has_its_evidence(example: Callable[[str], Any]) -> None:
    """The kind of proof, and the source where there is one; or reading, and its quote."""
    chosen = example("numpy-dnn/311_1")
    assert [evidence(erratum) for erratum in chosen.errata[:2]] == ["reading", "page: the listing: what its lines print"]
    assert next(errata(chosen)).quote == chosen.errata[0].quote
    assert [erratum.kind for erratum in errata(chosen)] == ["words"] * 3


def test_a_histogram_holds_the_whole_sample(example: Callable[[str], Any]) -> None:
    """One for each formula of initial weights, and none elsewhere."""
    chosen = example("numpy-dnn/3110_1")
    histograms = from_fixture(chosen).histograms
    assert [sum(histogram.counts) for histogram in histograms] == [1_000_000, 1_000_000, 15_000]
    assert from_fixture(example("numpy-dnn/311_1")).histograms == []


def test_every_printed_result_is_in_the_results_of_a_training(example: Callable[[str], Any]) -> None:
    """With its title, text, updates and quantity, and whether it follows from other numbers."""
    trained = example("numpy-dnn/325_1")
    results = from_fixture(trained).images
    assert results
    assert [tuple(dict(result).values()) for result in results.printed] == list(printed_results(trained))
    assert ("epoch 1, rc 10000, hit", "7629", 10_000) in [(entry.title, entry.printed, entry.updates) for entry in results.printed]
    assert (results.data_set, results.settings) == ("mnist", [])


def test_printed_accuracies_are_by_inference_setting(example: Callable[[str], Any]) -> None:
    """Each once, by name; the page's own errata are marked, and a setting that nothing is printed for is there."""
    results = from_fixture(example("study-notes/mnist-inference")).images
    assert results
    printed = {setting.inference_setting: setting.printed for setting in results.settings}
    assert printed["test, raw, one by one"] == ["Accuracy 0.9287 (erratum)", "Accuracy 0.9207"]
    assert printed["test, scaled, one by one"] == []
    assert results.printed == []


def test_an_example_without_images_has_no_results_on_them(example: Callable[[str], Any]) -> None:
    """There is no empty table."""
    assert from_fixture(example("numpy-dnn/311_1")).images is None


def test_percentiles_are_those_of_the_seed_file_without_its_values(example: Callable[[str], Any]) -> None:
    """Every quantity of the committed file, whose values of single seeds stay there."""
    percentiles = from_fixture(example("numpy-dnn/325_1")).percentiles
    assert [entry.name for entry in percentiles] == [quantity.name for quantity in quantities(example("numpy-dnn/325_1"))]
    assert not any(entry.values for entry in percentiles)


def test_an_erratum_has_its_place_in_the_document(example: Callable[[str], Any]) -> None:
    """Section, listing and line; the listing of the example belongs to its own section."""
    chosen = example("numpy-dnn/311_1")
    section, listing = chosen.source.section, chosen.source.listing
    assert location(chosen, Location(line="13")) == f"{section}, {listing}, line 13"
    assert location(chosen, Location(section="chapter 9")) == "chapter 9"
    assert location(chosen, Location(listing="b.py", line="1-3")) == f"{section}, b.py, line 1-3"
    assert texts(chosen, NumberErratum(printed="1", correct="2", why="a slip", cause="author", weight="result"))["location"] == (
        f"{section}, {listing}"
    )
