"""Injected faults in the book's formulas: with one mistake in an optimizer or a penalty both frameworks no longer agree with it."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.reference import conventions as reference_conventions
from reference.optimization import optimizers
from reference.optimization.optimizers import OPTIMIZERS, Optimizer
from reference.optimization.weight_decay import DECAYS
from verification.records import Findings
from worked_examples import ConventionExample


def late_correction(state: Any, w: Any, g: Any, learning_rate: Any, t: int, **options: Any) -> Any:
    """Adam whose bias correction counts steps one too far."""
    return OPTIMIZERS["adam"].step(state, w, g, learning_rate, t + 1, **options)


def inside(state: Any, w: Any, g: Any, learning_rate: Any, t: int, **options: Any) -> Any:
    """RMSprop with epsilon inside the root."""
    return OPTIMIZERS["rmsprop"].step(state, w, g, learning_rate, t, **options | {"root": "inside"})


def doubled(w: Any, g: Any, learning_rate: Any, coefficient: Any) -> Any:
    """L2 without the 1/2."""
    return DECAYS["l2"](w, g, learning_rate, 2 * coefficient)


FROM_FORMULA = "aligned settings, from the formula"
STEPS: dict[str, tuple[str, Callable[..., Any], str, str]] = {
    "epsilon before the bias correction": ("adam", OPTIMIZERS["adam, epsilon hat"].step, "adam", FROM_FORMULA),
    "bias correction one step late": ("adam", late_correction, "adam", FROM_FORMULA),
    "epsilon inside the root": ("rmsprop", inside, "rmsprop", FROM_FORMULA),
    "rate outside the velocity": (
        "momentum",
        OPTIMIZERS["momentum, rate outside"].step,
        "momentum-changing-rate",
        "from the formula that it is said to compute",
    ),
    "average instead of sum": ("momentum", OPTIMIZERS["momentum, average"].step, "momentum", FROM_FORMULA),
    "no look-ahead": ("nesterov", OPTIMIZERS["momentum"].step, "nesterov", FROM_FORMULA),
}


def only(example: ConventionExample, name: str) -> ConventionExample:
    """The example with one of its conventions."""
    return example.model_copy(update={"conventions": [convention for convention in example.conventions if convention.name == name]})


@pytest.mark.parametrize("fault", STEPS)
@pytest.mark.parametrize("engine", ["keras", "torch"])
def test_a_fault_in_an_optimizer_is_caught(
    monkeypatch: pytest.MonkeyPatch,
    example: Callable[[str], ConventionExample],
    judged: Callable[..., Findings],
    engine: str,
    fault: str,
) -> None:
    """With one mistake in the reference's step, the aligned settings no longer agree on either framework."""
    name, step, convention, line = STEPS[fault]
    chosen = only(example("dl-python/optimizers"), convention)
    assert not judged("aligned", chosen, engine).problems
    monkeypatch.setattr(optimizers, "OPTIMIZERS", {**OPTIMIZERS, name: Optimizer(step, OPTIMIZERS[name].state_size)})
    problems = judged("aligned", chosen, engine).problems
    assert problems
    assert all(problem.startswith(f"{convention}, ") for problem in problems)
    assert engine == "torch" or line in "".join(problems)


@pytest.mark.parametrize("engine", ["keras", "torch"])
def test_a_missing_half_of_the_penalty_is_caught(
    monkeypatch: pytest.MonkeyPatch, example: Callable[[str], ConventionExample], judged: Callable[..., Findings], engine: str
) -> None:
    """An L2 rule with a factor 2 too many fails where Keras's coefficient is half of PyTorch's."""
    monkeypatch.setattr(reference_conventions, "DECAYS", {**DECAYS, "l2": doubled})
    problems = judged("aligned", only(example("dl-python/weight-decay"), "l2"), engine).problems
    assert problems[0].startswith("l2, aligned settings, from the formula: stated ")
    assert "measured 3.7" in problems[0]
