"""Every check can fail: for each, an engine or a fixture that is wrong, and the line that says so."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from adapters import Engine, load_engine
from verification.case import Case
from verification.check import Check, judge
from verification.images import data
from verification.manuscript.check import quotes
from verification.records import Outcome
from verification.registry import CHECKS, checks_of, unsupported
from verification.runs.smaller_types import platform_of, recorded
from verification.seeds import seed_files
from verification.session import Session
from worked_examples import ConventionExample, load
from worked_examples.books import BOOK, load_book
from worked_examples.datasets import sets
from worked_examples.loading import ROOT


def changed_numbers(example: Any) -> Any:
    """The example with another text in the place of the first digit of its last printed block."""
    *others, last = example.printed
    place = next(i for i, character in reversed(list(enumerate(last.text))) if character.isdigit())
    text = f"{last.text[:place]}{(int(last.text[place]) + 3) % 10}{last.text[place + 1 :]}"
    return example.model_copy(update={"printed": [*others, last.model_copy(update={"text": text})]})


def updated(**changes: Any) -> Callable[[Any], Any]:
    """The example with other fields."""
    return lambda example: example.model_copy(update=changes)


def unchanged(example: Any) -> Any:
    """The example as it is."""
    return example


def without_statements(example: Any) -> Any:
    """The example whose first statement says one pass more."""
    first, *others = example.statements
    return example.model_copy(update={"statements": [first.model_copy(update={"passes": first.passes + 1}), *others]})


def unsolved(example: Any) -> Any:
    """The example whose unreproducible results are said not to be solved."""
    blocks = [block.model_copy(update={"solved": not block.solved}) for block in example.unreproducible_results]
    return example.model_copy(update={"unreproducible_results": blocks})


def other_rate(example: Any) -> Any:
    """The example with another learning rate than its certified file is of."""
    return example.model_copy(update={"training": example.training.model_copy(update={"learning_rate": "0.010001"})})


def reversed_claims(example: Any) -> Any:
    """The example that says the opposite of every training."""
    (said,) = example.statements
    claims = [claim.model_copy(update={"reaches_printed_epoch": not claim.reaches_printed_epoch}) for claim in said.trainings]
    return example.model_copy(update={"statements": [said.model_copy(update={"trainings": claims})]})


def swapped_proof(example: Any) -> Any:
    """The example with its first erratum that has a proof, whose correction is in the place of the print."""
    first = next(erratum for erratum in example.errata if erratum.proof)
    proof = first.proof.model_copy(update={"printed": first.proof.correct})
    return example.model_copy(update={"errata": [first.model_copy(update={"proof": proof})]})


FAULTY, CORRECT, COMPILED, BORROWED = "shifted", "reference", "shifted when compiled", "capable"
SMALL, LONG, DESCENT, MEAN, PRETRAINED = (
    "numpy-dnn/311_1",
    "backprop-notes/network-class",
    "dl-python/gradient-descent",
    "dl-python/twolayer-backprop",
    "study-notes/mnist-inference",
)
FAILURES: list[tuple[str, str, str, Callable[[Any], Any], str]] = [
    ("outputs", SMALL, FAULTY, unchanged, "output of layer 1 ["),
    ("gradients", SMALL, FAULTY, unchanged, "gradient of layer 1 kernel ["),
    ("printed", SMALL, FAULTY, unchanged, "Y[0, 0] (output [0, 0]) at epoch 78"),
    ("epochs", SMALL, FAULTY, unchanged, "printed epoch 79"),
    ("trajectory", SMALL, FAULTY, unchanged, "layer 1 kernel at epoch 1 ["),
    ("float64", SMALL, FAULTY, unchanged, "layer 1 kernel after the first step: "),
    ("certified", SMALL, CORRECT, other_rate, "is of another network, other data or another training than"),
    ("compiled", LONG, COMPILED, unchanged, "parameters at epoch 1: distance "),
    ("notes", SMALL, CORRECT, updated(notes=["never"]), "expected, but not computed: never"),
    ("statements", SMALL, CORRECT, without_statements, "'training is complete on pass (79+1)', "),
    ("unreproducible", "numpy-dnn/321_1", CORRECT, unsolved, "solved = "),
    ("values", "dl-python/graph-shopping", FAULTY, unchanged, ": computed "),
    ("printed", "dl-python/graph-shopping", CORRECT, changed_numbers, "should read "),
    ("values", DESCENT, FAULTY, unchanged, "pass 1 alone: lr_0_1 (iteration 1) ["),
    ("counts", "dl-python/cnn-inception", FAULTY, unchanged, "layer 2, one: weights 12289, by the formulas 12288"),
    ("counts", "ours/inception-block", FAULTY, unchanged, "layer 2, one: weights 7, by the formulas 6"),
    ("printed", "dl-python/cnn-inception", CORRECT, changed_numbers, "should read "),
    ("defaults", "ours/activations", FAULTY, unchanged, "defaults, from the formula: stated "),
    ("aligned", "ours/activations", FAULTY, unchanged, "aligned settings, from the formula: stated "),
    ("pairs", "ours/activations", FAULTY, unchanged, "aligned settings, keras from torch: stated "),
    ("statements", "dl-python/float16", CORRECT, reversed_claims, " the printed epoch"),
    ("update", MEAN, FAULTY, unchanged, "layer 1 kernel at epoch 1"),
    ("digits", MEAN, FAULTY, unchanged, "digits: distance of the weights at the end "),
    ("compiled", MEAN, COMPILED, unchanged, "distance of the weights after 200 updates "),
    ("differences", "dl-python/twolayer-numerical", FAULTY, unchanged, "by finite differences "),
    ("outputs", "dl-python/mnist-pretrained", FAULTY, unchanged, "outputs, 20 at a time ["),
    ("printed", "numpy-dnn/325_1", CORRECT, changed_numbers, "should read "),
    ("page", SMALL, CORRECT, changed_numbers, ": 1 of 22 numbers are not in "),
    ("errata", SMALL, CORRECT, swapped_proof, "printed, and passes the test"),
    ("float32", SMALL, FAULTY, unchanged, "float32, eager: "),
    ("float16", SMALL, FAULTY, unchanged, "float16, eager: "),
    ("independence", SMALL, BORROWED, unchanged, "torch: evaluate calls adapters/reference/engine.py Engine.evaluate: "),
    ("independence", "dl-python/graph-shopping", BORROWED, unchanged, "torch: calculate calls adapters/reference/"),
    ("independence", DESCENT, BORROWED, unchanged, "torch: calculate calls adapters/reference/"),
    ("independence", MEAN, BORROWED, unchanged, "torch: trainer calls adapters/reference/"),
    ("sampled_differences", "dl-python/twolayer-numerical", FAULTY, unchanged, ", mnist: gradient "),
    ("log_rows", MEAN, FAULTY, unchanged, "after 2 updates: "),
    ("predictions", PRETRAINED, FAULTY, unchanged, "test, scaled, in batches of 100: "),
]
ON_PAGE = ("sampled_differences", "log_rows", "predictions")
"""Checks that need the page's images: scikit-learn's digits are in their place, and random parameters in that of the pretrained."""


def steep(example: Any) -> dict[str, Any]:
    """A file of pretrained parameters: random ones, fifty times as great, for as drawn they predict the same for every digit."""
    pairs = zip(example.written["layers"], data.initial(example, 64), strict=True)
    return {name: array for of, pair in pairs for name, array in ((of["kernel"], 50 * pair.kernel), (of["bias"], pair.bias))}


def prepared(check_name: str, example: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The example, on digits where the check needs the page's images; there are 261 = 3 * 87 of them in the test set."""
    if check_name not in ON_PAGE:
        return example
    monkeypatch.setattr(data, "load", lambda *_: sets.load(data.DIGITS))
    monkeypatch.setattr(data, "pretrained", lambda _: steep(example))
    monkeypatch.setattr(seed_files, "quantities", lambda _: [])
    settings = [setting.model_copy(update={"batch_size": min(setting.batch_size, 87)}) for setting in example.inference_settings]
    return example.model_copy(update={"inference_settings": settings})


def page_of(example: Any, folder: Path) -> Path:
    """A folder with a text of the document that has all that the example prints and quotes."""
    file = folder / (load_book(example.file.parent / BOOK).manuscript or "")
    file.write_text(
        "\n".join([*(block.text for block in example.blocks), *(quote for _, quote in quotes(example))]), encoding="utf-8"
    )
    return folder


def findings(check_name: str, example: Any, engine: Engine, sources: Path | None = None) -> Any:
    """The findings on the engine in the place of a framework; where the check is for the reference only, on the reference."""
    session = Session([example], engines={"torch": engine}, sources=sources)
    session.once("endings in smaller types", lambda: table_of(engine))
    cases = [Case(example, name, session) for name in ("torch", "reference")]
    chosen = [
        (check, case) for case in cases for check in checks_of(case) if check.name == check_name and not unsupported(check, case)
    ]
    return judge(*chosen[0])


def table_of(engine: Engine) -> dict[str, Any]:
    """The recorded outcomes, those of 311_1 on the reference as this engine's, on this very platform."""
    table = recorded()
    here = {dtype: {"torch": engines["reference"]} for dtype, engines in table["outcomes"][SMALL].items()}
    return {"platforms": {"torch": platform_of(engine)}, "outcomes": table["outcomes"] | {SMALL: here}}


@pytest.mark.parametrize(
    ("check_name", "name", "engine", "change", "line"), FAILURES, ids=[f"{check}-{name}" for check, name, *_ in FAILURES]
)
def test_a_wrong_engine_or_fixture_fails(
    check_name: str,
    name: str,
    engine: str,
    change: Callable[[Any], Any],
    line: str,
    engines: Mapping[str, Engine],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The check fails, and a problem says what is wrong; with a right engine, and the fixture as it is, it passes."""
    example = prepared(check_name, load(ROOT / f"{name}.toml"), monkeypatch)
    sound = load_engine("torch") if example.kind == "convention" or check_name == "independence" else engines["capable"]
    sources = page_of(example, tmp_path) if check_name == "page" else None
    assert findings(check_name, example, sound, sources).outcome is Outcome.PASSED
    judged = findings(check_name, change(example), engines[engine], sources)
    assert judged.outcome is Outcome.FAILED
    assert any(line in problem for problem in judged.problems), judged.problems


def left_out(checks: Iterable[Check]) -> list[tuple[str, str]]:
    """The checks without an entry in the table above, by name and kind."""
    covered = {(name, type(load(ROOT / f"{example}.toml"))) for name, example, *_ in FAILURES}
    return [
        (check.name, kind.__name__)
        for check in checks
        for kind in check.kinds
        if not any(check.name == name and issubclass(known, kind) for name, known in covered)
    ]


def test_no_check_is_left_out() -> None:
    """Every name and kind of the registry has an input that must make it fail."""
    assert left_out(CHECKS) == []


def test_a_registered_check_without_an_entry_is_left_out() -> None:
    """A new name, and a known name for another kind."""
    new = dataclasses.replace(CHECKS[0], name="new")
    other = dataclasses.replace(CHECKS[0], kinds=(ConventionExample,))
    assert left_out([*CHECKS, new, other]) == [("new", "NetworkExample"), ("outputs", "ConventionExample")]


def test_every_entry_is_of_a_registered_check() -> None:
    """No entry is of a check that is gone, and each names words that a failure must have."""
    assert {name for name, *_ in FAILURES} == {check.name for check in CHECKS}
    assert all(line.strip() for *_, line in FAILURES)
