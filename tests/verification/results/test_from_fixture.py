"""What the results say of an example without any check: source, errata with their places and evidence, what images print."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.results.from_fixture import errata, evidence, from_fixture, place
from worked_examples import load_all
from worked_examples.schema.errata import NumberErratum

EXAMPLES = load_all()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_erratum_is_in_the_results(name: str) -> None:
    """Those of numbers, statements and words, each with what is printed and what is correct."""
    example = EXAMPLES[name]
    listed = [
        *(erratum for block in example.printed for erratum in block.errata),
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
    assert place(NumberErratum(printed="1", correct="2", why="", **fields)) == text


def test_an_erratum_in_words_has_its_evidence(example: Callable[[str], Any]) -> None:
    """The kind of proof, and the source where there is one."""
    chosen = example("numpy-dnn/311_1")
    assert evidence(chosen.errata[0]) == "page: the listing: what its lines print"
    assert [erratum.kind for erratum in errata(chosen)] == ["words"] * 3


def test_a_histogram_holds_the_whole_sample(example: Callable[[str], Any]) -> None:
    """One for each formula of an initializer, and none elsewhere."""
    chosen = example("numpy-dnn/3110_1")
    histograms = from_fixture(chosen).histograms
    assert [sum(histogram.counts) for histogram in histograms] == [
        histogram.fan_in * histogram.fan_out for histogram in chosen.distributions
    ]
    assert from_fixture(example("numpy-dnn/311_1")).histograms == []


def test_an_image_network_has_what_the_page_prints(example: Callable[[str], Any]) -> None:
    """Results of a training by log row; accuracies of a pretrained network by setting, its errata marked."""
    trained = from_fixture(example("numpy-dnn/325_1")).images
    pretrained = from_fixture(example("study-notes/mnist-inference")).images
    assert trained
    assert pretrained
    assert ("epoch 1, rc 10000, hit", "7629", 10_000) in [
        (result.title, result.printed, result.updates) for result in trained.printed
    ]
    assert pretrained.settings["test, raw, one by one"] == ["Accuracy 0.9287 (erratum)", "Accuracy 0.9207"]
    assert from_fixture(example("numpy-dnn/311_1")).images is None
