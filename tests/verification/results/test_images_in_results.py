"""What the fixture says of networks on images, what checks find about them, and how both reach ``results.json`` and the summary."""

from collections.abc import Callable
from typing import Any, get_args

import numpy as np
import pytest

from verification.images.printed_rows import printed_results
from verification.records import Findings, ImageFindings, Outcome, PredictionCount, Results, RunTime
from verification.results.from_fixture import from_fixture, images
from verification.results.merging import collect
from verification.results.summary import lines
from verification.seeds.percentiles import Quantity, among_seeds
from verification.seeds.records import SeedVerdict
from verification.seeds.seed_files import quantities
from verification.session import Session
from worked_examples import Example, ImageExample, load_all
from worked_examples.loading import ROOT

TRAINED, PRETRAINED = "numpy-dnn/325_1", "study-notes/mnist-inference"
ENGINES = ("reference", "keras")
HIT = "epoch 1, rc 10000, hit"
EAGER = RunTime(path="eager", seconds=32.7, peak_memory=2597, distance=0.0, min_margin=7.3e-8)
COUNT = PredictionCount(n_images=10_000, n_correct=9207, min_margin=1.2e-4, seconds=0.5)
Collected = Callable[..., tuple[Results, list[str]]]


@pytest.fixture(scope="module")
def examples() -> dict[str, Example]:
    """An example that trains and one that is pretrained."""
    return {name: load_all(ROOT / f"{name}.toml")[name] for name in (TRAINED, PRETRAINED)}


@pytest.fixture
def collected(examples: dict[str, Example]) -> Collected:
    """``collected(*findings)``: the examples' results, as they are read from the file, and the lines of the summary."""

    def of(*findings: Findings) -> tuple[Results, list[str]]:
        results = collect(Session(examples.values(), engine_names=ENGINES), findings)
        read = Results.model_validate_json(results.model_dump_json(exclude_defaults=True))
        assert read == results
        return read, list(lines(read))

    return of


def findings(example: str, engine: str, check: str, **fields: Any) -> Findings:
    """What a check leaves behind."""
    return Findings(example=example, engine=engine, check=check, dtype="float64", **fields)


def image(example: ImageExample | Example) -> ImageExample:
    """The example, which has images."""
    if not isinstance(example, ImageExample):
        raise TypeError(f"{example.id} has no images")
    return example


def test_every_printed_result_is_in_the_results_of_a_training(examples: dict[str, Example]) -> None:
    """With its title, text, updates and quantity, and whether it follows from other numbers."""
    example = image(examples[TRAINED])
    collected = images(example)
    assert [tuple(dict(result).values()) for result in collected.printed] == list(printed_results(example))
    assert (collected.data_set, collected.settings) == ("mnist", {})


def test_printed_accuracies_are_by_inference_setting(examples: dict[str, Example]) -> None:
    """Each once, by name; the page's own errata are marked, and a setting that nothing is printed for is there."""
    collected = images(image(examples[PRETRAINED]))
    assert collected.settings["test, raw, one by one"] == ["Accuracy 0.9287 (erratum)", "Accuracy 0.9207"]
    assert collected.settings["test, scaled, one by one"] == []
    assert collected.printed == []


def test_an_example_without_images_has_no_results_on_them() -> None:
    """An example of another kind gets no table on images, and the summary no line."""
    name = "numpy-dnn/311_1"
    session = Session(load_all(ROOT / f"{name}.toml").values(), engine_names=ENGINES)
    results = collect(session, [findings(name, "reference", "outputs")])
    assert results.examples[name].images is None
    assert not any("images" in line for line in lines(results))


def test_percentiles_are_those_of_the_seed_file_without_its_values(examples: dict[str, Example]) -> None:
    """Every quantity of the committed file, whose values of single seeds stay there."""
    result = from_fixture(examples[TRAINED])
    assert [percentile.name for percentile in result.percentiles] == [percentile.name for percentile in quantities(TRAINED)]
    assert not any(percentile.values for percentile in result.percentiles)


def test_log_rows_and_run_times_are_by_engine(collected: Collected) -> None:
    """Each engine's rows and times are under its name, beside what the page prints; the summary has one line for both."""
    rows, compiled = {HIT: "7509"}, EAGER.model_copy(update={"path": "compiled", "seconds": 7.4})
    results, summary = collected(
        findings(TRAINED, "reference", "log_rows", images=ImageFindings(log_rows=rows, run_time=EAGER)),
        findings(TRAINED, "keras", "log_rows", images=ImageFindings(log_rows=rows, run_time=compiled)),
    )
    entry = results.examples[TRAINED].images
    assert entry
    assert entry.log_rows == dict.fromkeys(ENGINES, rows)
    assert entry.run_times == {"reference": EAGER, "keras": compiled}
    assert next(printed_result.printed for printed_result in entry.printed if printed_result.title == HIT) == "7629"
    (line,) = (line for line in summary if "MiB" in line)
    assert " ".join(line.split()) == f"{TRAINED} eager 32.7 s 2,597 MiB compiled 7.4 s 2,597 MiB"


def test_predictions_are_by_engine_and_inference_setting(collected: Collected) -> None:
    """The summary has the counts of every engine under a setting, and the smallest margin of all."""
    name = "test, raw, one by one"
    other = {name: COUNT.model_copy(update={"n_correct": 9206, "min_margin": 3e-9})}
    results, summary = collected(
        findings(PRETRAINED, "reference", "predictions", images=ImageFindings(predictions={name: COUNT})),
        findings(PRETRAINED, "keras", "predictions", images=ImageFindings(predictions=other)),
    )
    entry = results.examples[PRETRAINED].images
    assert entry
    assert entry.predictions == {"reference": {name: COUNT}, "keras": other}
    assert f"{PRETRAINED}, {name}: of 10,000 images correct reference 9,207, keras 9,206; smallest margin 3.0e-09" in summary


def test_pictures_are_kept_whoever_reports_them(collected: Collected) -> None:
    """A later engine, which draws none, does not take them away."""
    results, _ = collected(
        findings(TRAINED, "reference", "log_rows", images=ImageFindings(pictures={"units": 3})),
        findings(TRAINED, "keras", "log_rows"),
    )
    entry = results.examples[TRAINED].images
    assert entry
    assert entry.pictures == {"units": 3}


def test_percentiles_among_seeds_are_counted_by_verdict(collected: Collected) -> None:
    """The summary says how many printed results have which verdict among how many seeds."""
    results, _ = collected(findings(TRAINED, "reference", "printed"))
    percentile, typical, rare = among_seeds(Quantity("q", "1", np.ones(50))), *get_args(SeedVerdict)[:2]
    verdicts = (typical, rare, typical)
    results.examples[TRAINED].percentiles = [percentile.model_copy(update={"verdict": verdict}) for verdict in verdicts]
    assert f"{TRAINED}: 3 results among 50 seeds: 2 typical, 1 rare" in list(lines(results))


def test_what_was_not_judged_is_said_once(collected: Collected) -> None:
    """One reason, however many checks and engines met it, is one line; below it is what of each example was not judged."""
    reason = "data not available: mnist: not found"
    missing: dict[str, Any] = {"outcome": Outcome.NOT_JUDGED, "reason": reason}
    records = [findings(TRAINED, engine, "log_rows", **missing) for engine in ENGINES]
    records += [findings(PRETRAINED, engine, check, **missing) for engine in ENGINES for check in ("predictions", "printed")]
    results, summary = collected(
        *(record.model_copy(update={"n_not_judged": 4 * (record.check == "printed")}) for record in records)
    )
    assert (results.examples[TRAINED].verdict, results.examples[TRAINED].not_judged_because) == ("not judged", reason)
    assert results.examples[PRETRAINED].n_not_judged == 4
    start = summary.index(f"NOT JUDGED: {reason}")
    assert summary[start + 1 : start + 3] == [
        f"  {TRAINED}: keras-log_rows, reference-log_rows",
        f"  {PRETRAINED}: keras-predictions, keras-printed, reference-predictions, reference-printed",
    ]
    assert sum("mnist: not found" in line for line in summary) == 1
