"""What checks on images record reaches ``results.json`` and the summary, and what was not judged is said once."""

import json
from typing import Any

import pytest
from verification.images.image_data import printed_results

from verification import results
from worked_examples import Example, ImageExample, load_all
from worked_examples.loading import ROOT

LEARNT, ASKED = "numpy-dnn/325_1", "study-notes/mnist-inference"
ENGINES = ["reference", "keras"]
COURSE = {"seconds": 32.7, "MiB": 2597, "path": "eager", "apart": 0.0, "gap": 7.3e-8}
ANSWER = {"images": 10_000, "n_correct": 9207, "gap": 1.2e-4, "seconds": 0.5}


@pytest.fixture(scope="module")
def examples() -> dict[str, Example]:
    """An example that learns and one that is asked."""
    return {name: load_all(ROOT / f"{name}.toml")[name] for name in (LEARNT, ASKED)}


def record(example: str, engine: str, question: str, **found: Any) -> dict[str, Any]:
    """What a check leaves behind."""
    return {"example": example, "engine": engine, "question": question, **found}


def collected(examples: dict[str, Example], *records: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The examples' results, as they are read from the file, and the lines of the summary."""
    found = results.collect(examples, records, set(), ENGINES)
    return json.loads(json.dumps(found))["examples"], list(results.summary(found, ENGINES))


def test_lines_and_courses_are_kept_by_engine(examples: dict[str, Example]) -> None:
    """Each engine's lines and course stand under its name, beside what the page prints; the summary has one line for both."""
    course = {"lines": {"epoch 1, rc 10000, hit": "7509"}, "course": COURSE}
    keras = course | {"course": COURSE | {"path": "compiled", "seconds": 7.4}}
    found, lines = collected(examples, record(LEARNT, "reference", "lines", **course), record(LEARNT, "keras", "lines", **keras))
    assert found[LEARNT]["lines"] == dict.fromkeys(ENGINES, course["lines"])
    assert found[LEARNT]["courses"] == {"reference": COURSE, "keras": keras["course"]}
    assert found[LEARNT]["page"]["epoch 1, rc 10000, hit"]["text"] == "7629"
    (line,) = (line for line in lines if "MiB" in line)
    assert " ".join(line.split()) == f"{LEARNT} ordinary 32.7 s 2,597 MiB compiled 7.4 s 2,597 MiB"


def test_every_printed_result_is_on_the_page(examples: dict[str, Example]) -> None:
    """The page of a learning has the place of each of its results, by its title."""
    example = examples[LEARNT]
    assert isinstance(example, ImageExample)
    found, _ = collected(examples, record(LEARNT, "reference", "printed"))
    assert [tuple(place.values()) for place in found[LEARNT]["page"].values()] == list(printed_results(example))


def test_answers_are_kept_by_engine_and_condition(examples: dict[str, Example]) -> None:
    """The summary has the counts of every engine under a condition, and the smallest gap; the page's own errata are marked."""
    name = "test, raw, one by one"
    own, other = ({name: ANSWER}, {name: ANSWER | {"n_correct": 9206, "gap": 3e-9}})
    found, lines = collected(
        examples, record(ASKED, "reference", "answers", answers=own), record(ASKED, "keras", "answers", answers=other)
    )
    assert found[ASKED]["answers"] == {"reference": own, "keras": other}
    assert found[ASKED]["asked"][name] == ["Accuracy 0.9287 (erratum)", "Accuracy 0.9207"]
    assert f"{ASKED}, {name}: of 10,000 images reference 9,207, keras 9,206; smallest gap 3.0e-09" in lines


def test_places_among_the_seeds_are_counted(examples: dict[str, Example]) -> None:
    """The summary says how many printed results have which verdict among how many seeds."""
    placed = {
        title: {"verdict": verdict, "n_seeds": 50} for title, verdict in zip("abc", ("typical", "rare", "typical"), strict=True)
    }
    found, lines = collected(examples, record(LEARNT, "reference", "printed", placed=placed))
    assert found[LEARNT]["placed"] == placed
    assert f"{LEARNT}: 3 printed results among 50 seeds: 2 typical, 1 rare" in lines


def test_what_was_not_judged_is_said_once(examples: dict[str, Example]) -> None:
    """One reason, however many checks and engines met it, is one line; below it stands what of each example was not judged."""
    missing: dict[str, Any] = {"not judged": "mnist: not found"}
    records = [record(LEARNT, engine, "lines", **missing) for engine in ENGINES]
    records += [record(ASKED, engine, "answers", **missing) for engine in ENGINES]
    records += [record(ASKED, engine, "printed", **missing, **{"numbers not judged": 4}) for engine in ENGINES]
    found, lines = collected(examples, *records)
    assert found[LEARNT]["not judged"] == {"because": "mnist: not found", "claims": ["question lines"]}
    start = lines.index("NOT JUDGED: data not available: mnist: not found")
    assert lines[start + 1 : start + 3] == [f"  {LEARNT}: question lines", f"  {ASKED}: 4 printed numbers, question answers"]
    assert sum("mnist: not found" in line for line in lines) == 1


def test_a_run_without_images_says_nothing_about_them() -> None:
    """An example of another kind gets no tables on images, and the summary no lines."""
    name = "numpy-dnn/311_1"
    others = load_all(ROOT / f"{name}.toml")
    found, lines = collected(others, record(name, "reference", "outputs"))
    assert not {"set", "page", "asked", "courses"} & found[name].keys()
    assert not any("images" in line for line in lines)
