"""Dialects: planted faults are caught, bad entries refused, the page is current, and the optimizers do what their papers say."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from worked_examples.schema.call_names import CALLS

from adapters.reference import conventions as reference_conventions
from adapters.reference.layers import LAYERS
from reference.convention_formulas import FORMULAS
from reference.optimization import momentum, optimizers, weight_decay
from reference.optimization.optimizers import OPTIMIZERS, Optimizer
from reference.optimization.weight_decay import DECAYS
from report.conventions import PAGE, page
from verification.checks import conventions
from verification.checks.conventions import DIALECT_CHECKS
from verification.session import Case
from worked_examples import ConventionExample, FixtureError, load, load_all
from worked_examples.loading import ROOT
from worked_examples.schema.convention import Convention

EXAMPLES = {name: example for name, example in load_all().items() if isinstance(example, ConventionExample)}
DIALECTS = {f"{name}-{convention.name}": convention for name, example in EXAMPLES.items() for convention in example.conventions}


def asked(example: str, engine: str, question: str) -> None:
    """Ask one question of an example's dialects on an engine."""
    DIALECT_CHECKS[question](Case(EXAMPLES[example], engine), {})  # type: ignore[arg-type]  # see OTHER_CHECKS


def moved_epsilon(state: Any, w: Any, g: Any, rate: Any, t: int, **options: Any) -> Any:
    """Adam with epsilon before the bias correction."""
    return optimizers.adam_epsilon_hat(state, w, g, rate, t, **options)


def late_correction(state: Any, w: Any, g: Any, rate: Any, t: int, **options: Any) -> Any:
    """Adam whose bias correction counts steps one too far."""
    return optimizers.adam(state, w, g, rate, t + 1, **options)


def inside(state: Any, w: Any, g: Any, rate: Any, t: int, **options: Any) -> Any:
    """RMSprop with epsilon inside the root."""
    return optimizers.rmsprop(state, w, g, rate, t, **options | {"root": "inside"})


def doubled(w: Any, g: Any, rate: Any, coefficient: Any) -> Any:
    """L2 without the 1/2."""
    return weight_decay.l2(w, g, rate, 2 * coefficient)


def forgotten_look_ahead(state: Any, w: Any, g: Any, rate: Any, t: int, **options: Any) -> Any:
    """Nesterov's momentum that does not look ahead."""
    return momentum.momentum(state, w, g, rate, t, **options)


STEPS: dict[str, tuple[str, Callable[..., Any], str, str]] = {
    "epsilon before the bias correction": ("adam", moved_epsilon, "adam", "settings of equality, from the formula"),
    "bias correction one step late": ("adam", late_correction, "adam", "settings of equality, from the formula"),
    "epsilon inside the root": ("rmsprop", inside, "rmsprop", "settings of equality, from the formula"),
    "rate outside the velocity": (
        "momentum",
        momentum.momentum_rate_outside,
        "momentum-changing-rate",
        "said to be computed really",
    ),
    "average instead of sum": ("momentum", momentum.momentum_average, "momentum", "settings of equality, from the formula"),
    "no look-ahead": ("nesterov", forgotten_look_ahead, "nesterov", "settings of equality, from the formula"),
}


@pytest.mark.parametrize("fault", STEPS)
@pytest.mark.parametrize("engine", ["keras", "torch"])
def test_a_fault_in_an_optimizer_is_caught(monkeypatch: pytest.MonkeyPatch, engine: str, fault: str) -> None:
    """With one mistake in the reference's step, the settings of equality no longer hold on either framework."""
    name, step, convention, message = STEPS[fault]
    monkeypatch.setattr(optimizers, "OPTIMIZERS", {**OPTIMIZERS, name: Optimizer(step, OPTIMIZERS[name].state_size)})
    with pytest.raises(pytest.fail.Exception) as caught:
        asked("dl-python/optimizers", engine, "settings")
    lines = [line for line in str(caught.value).splitlines() if line.startswith(f"  {convention}, ")]
    assert lines
    assert engine == "torch" or message in "".join(lines)


@pytest.mark.parametrize("engine", ["keras", "torch"])
def test_a_missing_half_of_the_penalty_is_caught(monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    """An L2 rule with a factor 2 too many fails where Keras's coefficient is half of PyTorch's."""
    monkeypatch.setattr(reference_conventions, "DECAYS", {**DECAYS, "l2": doubled})
    with pytest.raises(pytest.fail.Exception, match=r"l2, settings of equality, from the formula: stated .*, measured 3\.7"):
        asked("dl-python/weight-decay", engine, "settings")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"apart": "0.11"}, "adagrad, defaults, from the formula: stated 0.11, measured 1.01"),
        ({"apart": "rounding"}, "adagrad, defaults, from the formula: stated rounding, measured 1.01"),
        ({"apart": "shape"}, "adagrad, defaults, from the formula: stated shape, measured 1.01"),
    ],
    ids=["another-number", "no-difference", "another-shape"],
)
def test_a_framework_that_changes_is_noticed(change: dict[str, str], message: str) -> None:
    """A measured distance that does not round to the stated one fails, with the one it should read."""
    convention = DIALECTS["dl-python/optimizers-adagrad"]
    example = EXAMPLES["dl-python/optimizers"]
    changed = convention.model_copy(update={"keras": convention.keras.model_copy(update=change)})
    case = Case(example.model_copy(update={"convention": [changed]}), "keras")  # type: ignore[arg-type]  # see OTHER_CHECKS
    with pytest.raises(pytest.fail.Exception, match=re.escape(message)):
        DIALECT_CHECKS["defaults"](case, {})


def test_a_stated_difference_that_is_gone_is_noticed() -> None:
    """Where a remaining difference is stated but nothing beyond rounding is measured, the check fails."""
    lines = list(conventions.verdict("adagrad", "1e-5", 0.0, is_rounding=True))
    assert lines == ["adagrad: stated 1e-5, but there is no difference beyond rounding (0.0e+00)"]


def test_every_call_of_the_lists_exists_in_the_reference() -> None:
    """What a fixture may name as a formula, the reference has."""
    known = {*OPTIMIZERS, *DECAYS}
    assert known == set(CALLS["optimizer"]["book"])
    assert set(FORMULAS) | {"sigmoid", "softmax"} == set(CALLS["function"]["book"])
    assert set(LAYERS) == set(CALLS["layer"]["book"])


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_a_difference_that_remains_is_explained(convention: Convention) -> None:
    """Where the settings of equality leave a difference, the entry says why."""
    for side in (convention.keras, convention.torch):
        assert side.residual_difference == "rounding" or side.why


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'call = "optimizers.Adagrad"',
            'call = "optimizers.Adagard"',
            "dialects[8]: adagrad: 'optimizers.Adagard' is no optimizer of keras; accepted: optimizers.Adadelta, "
            "optimizers.Adagrad, optimizers.Adam, optimizers.AdamW, optimizers.RMSprop, optimizers.SGD, regularizers.L2; "
            "did you mean 'optimizers.Adagrad'?",
        ),
        (
            'apart = "0.10"',
            'apart = "about 0.1"',
            "dialects[8].keras.default_difference: 'about 0.1' is no distance; accepted: a decimal string",
        ),
        ('epsilon = "1e-7", root = "outside"', 'epsilon = 1e-7, root = "outside"', 'must be written as a string, "1e-07"'),
        ('name = "adagrad"', 'name = "sgd"', "dialects: 'sgd' is the name of two"),
    ],
    ids=["call", "distance", "option", "name"],
)
def test_a_bad_dialect_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """One clear error with the place, what was found and what is accepted."""
    text = (ROOT / "dl-python" / "optimizers.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "dl-python").mkdir()
    file = tmp_path / "dl-python" / "optimizers.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FixtureError) as caught:
        load(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert message in str(caught.value)


def test_the_page_of_dialects_is_current() -> None:
    """``docs/dialects.md`` is what the fixtures give; write it again with ``python -m report.conventions``."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_dialect_stands_on_the_page_once() -> None:
    """Contents and sections name every concept, and every link of the contents leads to a section."""
    text = PAGE.read_text(encoding="utf-8")
    links, places = re.findall(r"\]\(#([\w-]+)\)", text), re.findall(r'<a id="([\w-]+)">', text)
    assert len(links) == len(set(links)) == len(DIALECTS) + len(EXAMPLES)
    assert links == places
