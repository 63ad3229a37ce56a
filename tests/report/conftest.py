"""What the tests of the report share: results of runs, built by hand from the records, and readers of what is written."""

import html
import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.dom.minidom import Element, parse

import numpy as np
import pytest

from report import pages
from verification.records import (
    Counts,
    EpochResult,
    ErratumResult,
    ExampleResult,
    ImageResult,
    LoggedResult,
    PredictionCount,
    PrintedAccuracies,
    Results,
    RunTime,
    SourceResult,
    StatementResult,
    Totals,
)
from verification.results import merging
from verification.seeds.records import SeedQuantity

HOSTILE = "<script>alert(1)</script> | \"a\" & 'b' `c` \x07"
MakeExample = Callable[..., ExampleResult]
MakeResults = Callable[..., Results]
WriteReport = Callable[..., dict[str, str]]


@pytest.fixture
def hostile() -> str:
    """A text with markup, a table bar, quotation marks and a control character."""
    return HOSTILE


@pytest.fixture
def make_example() -> MakeExample:
    """``make_example(**changes)``: the result of a training that holds but for a listed erratum."""

    def make(**changes: Any) -> ExampleResult:
        given: dict[str, Any] = {
            "title": "2-2-2",
            "kind": "network",
            "source": SourceResult(document="a book", section="chapter 3"),
            "provenance": "printed",
            "verdict": "errata",
            "printed": Counts(confirmed=19, total=19),
            "statements": [
                StatementResult(where="page 1", says="it stops", holds=True, is_erratum=False),
                StatementResult(where="page 2", says="it overflows", holds=False, is_erratum=True),
            ],
            "epochs": EpochResult(printed=207889, engines={"reference": 207889, "keras": 207889}),
            "correct_digits": {"reference": {"output": "exact", "loss": 16.08}, "keras": {"output": "exact"}},
            "errata": [
                ErratumResult(
                    kind="words",
                    where="in words",
                    printed="2010",
                    correct="2015",
                    why="it appeared then",
                    cause="author",
                    weight="statement",
                    evidence="page",
                )
            ],
        }
        return ExampleResult.model_validate(given | changes)

    return make


@pytest.fixture
def make_results() -> MakeResults:
    """``make_results(*examples)``: the results of a run on two engines; the ids are ``numpy-dnn/0``, ``numpy-dnn/1`` and so on."""

    def make(*examples: ExampleResult) -> Results:
        named = {f"numpy-dnn/{position}": example for position, example in enumerate(examples)}
        totals = Totals(examples=len(named), errata=merging.slips(named.values()))
        for example in named.values():
            totals.verdicts[example.verdict] = totals.verdicts.get(example.verdict, 0) + 1
            totals.statements += len(example.statements)
            totals.printed.total += example.printed.total
            totals.printed.confirmed += example.printed.confirmed
        return Results(
            versions={"numpy": "2.4.6"},
            engines=["reference", "keras"],
            dtype="float64",
            examples=named,
            documents={"numpy-dnn": totals},
            totals=totals,
        )

    return make


@pytest.fixture
def write_report(make_results: MakeResults, tmp_path: Path) -> WriteReport:
    """``write_report(*examples)``: the texts of the report on these examples, by file name."""

    def write(*examples: ExampleResult) -> dict[str, str]:
        files = pages.write(make_results(*examples), tmp_path)
        return {file.name: file.read_text(encoding="utf-8") for file in files}

    return write


@pytest.fixture
def junit_suite(tmp_path: Path) -> Callable[[], Element]:
    """The only suite of the ``junit.xml`` that was written, which must be well-formed."""

    def read() -> Element:
        (suite,) = parse(str(tmp_path / "junit.xml")).getElementsByTagName("testsuite")  # noqa: S318 -- our own file
        return suite

    return read


@pytest.fixture
def table_rows() -> Callable[[str], list[list[str]]]:
    """The rows of all tables of a page, each a list of the texts of its cells without what is set small."""

    def read(page: str) -> list[list[str]]:
        rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
        cells = [re.findall(r"<(?:td|th)\b[^>]*>(.*?)</(?:td|th)>", row, re.DOTALL) for row in rows]
        return [[html.unescape(re.sub(r"<small>.*</small>|<[^>]*>", "", cell)) for cell in row] for row in cells]

    return read


def logged(updates: int, quantity: str, printed: str) -> LoggedResult:
    """A printed result with its title."""
    title = f"update {updates}, {quantity}"
    return LoggedResult(title=title, printed=printed, updates=updates, quantity=quantity, derived=False)


@pytest.fixture
def trained_on_images(make_example: MakeExample) -> MakeExample:
    """``trained_on_images(**changes)``: a training on images of which two log rows are printed; changes of its ``ImageResult``."""

    def make(**changes: Any) -> ExampleResult:
        printed = [logged(100, "n_correct", "76"), logged(100, "n_wrong", "24"), logged(100, "accuracy", "0.76")]
        printed += [logged(200, "n_correct", "170"), logged(200, "n_wrong", "30"), logged(200, "accuracy", "0.85")]
        time = RunTime(path="eager", seconds=32.7, peak_memory=2597, distance=0.0, min_margin=7.3e-8)
        given: dict[str, Any] = {
            "data_set": "mnist",
            "printed": printed,
            "log_rows": {
                engine: [{"title": result.title, "value": result.printed} for result in printed]
                for engine in ("reference", "keras")
            },
            "run_times": {"reference": time, "keras": time.model_copy(update={"path": "compiled", "distance": 5.2e-15})},
            "pictures": pictures(),
        }
        images = ImageResult.model_validate(given | changes)
        return make_example(title="a net", verdict="confirmed", errata=[], images=images, percentiles=[quantity()])

    return make


@pytest.fixture
def pretrained(make_example: MakeExample) -> ExampleResult:
    """A pretrained network with predictions in two inference settings, the second of them on the reference alone."""
    count = PredictionCount(inference_setting="raw", n_images=10_000, n_correct=9207, min_margin=1.2e-4, seconds=0.5)
    images = ImageResult(
        data_set="mnist",
        settings=[
            PrintedAccuracies(inference_setting="raw", printed=["Accuracy 0.9287 (erratum)", "Accuracy 0.9207"]),
            PrintedAccuracies(inference_setting="scaled"),
        ],
        predictions={
            "reference": [count, count.model_copy(update={"inference_setting": "scaled", "n_correct": 9352})],
            "keras": [count.model_copy(update={"min_margin": 1e-5})],
        },
    )
    return make_example(images=images)


def quantity() -> SeedQuantity:
    """The number of correctly classified images after 100 updates, among 50 seeds."""
    quantiles: dict[str, float | None] = {"0.01": 70.5, "0.50": 75.0, "0.99": 79.5}
    return SeedQuantity(
        name="update 100, n_correct",
        printed="76",
        derived=False,
        min=70.0,
        quantiles=quantiles,
        max=80.0,
        fraction_never_stopped=0,
        n_seeds=50,
        percentile=78.0,
        verdict="typical",
    )


def pictures() -> dict[str, Any]:
    """What pictures are made of: two images, the second misclassified, and two kernels."""
    pixels = b64encode(np.arange(2 * 784, dtype=np.uint8).tobytes()).decode()
    sample = {"image": [0, 1], "label": [7, 4], "predicted": [7, 9], "pixels": pixels}
    confusion = np.diag(range(90, 100)).tolist()
    kernels = {"kernels": pixels, "kernel_side": 28, "units": 64}
    return {"divisor": "255", "updates": 200, "confusion": confusion, "sample": sample, **kernels}
