"""The registry: which checks a case gets, and what keeps an engine from one."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pytest

from adapters import ENGINES, load_engine
from adapters.reference.engine import Engine
from verification.case import Case
from verification.check import judge
from verification.records import Outcome
from verification.registry import CHECKS, checks_of, unsupported
from verification.session import Session
from worked_examples import ConventionExample, NetworkExample


def without(capability: str, reason: str) -> Engine:
    """The reference, which does not support something."""

    class Lesser(Engine):
        """The reference without a capability."""

        unsupported: Mapping[str, str] = MappingProxyType({capability: reason})

    return Lesser()


def on(engine: Engine, example: Any) -> Case[Any]:
    """A case of a third engine."""
    return Case(example, "third", Session(engine_names=("reference", "third"), engines={"third": engine}))


@pytest.mark.parametrize(
    ("capability", "name"),
    [
        ("network", "numpy-dnn/311_1"),
        ("identity activation", "numpy-dnn/311_1"),
        ("half squared error loss", "numpy-dnn/311_1"),
        ("gradient descent optimizer", "numpy-dnn/311_1"),
        ("network on images", "dl-python/twolayer-backprop"),
        ("calculation", "dl-python/graph-shopping"),
        ("layer sizes", "dl-python/cnn-alexnet"),
        ("convention", "ours/activations"),
        ("convolution layer", "dl-python/cnn-alexnet"),
    ],
)
def test_an_engine_without_a_capability_is_not_used(capability: str, name: str, example: Callable[[str], object]) -> None:
    """Every check of the example is not applicable, with the engine's reason."""
    case = on(without(capability, "it is a small engine"), example(name))
    checks = checks_of(case)
    assert checks
    for check in checks:
        findings = judge(check, case, unsupported(check, case))
        assert (findings.outcome, findings.reason) == (Outcome.NOT_APPLICABLE, "it is a small engine")


@pytest.mark.parametrize("name", ["backprop-notes/network-class", "dl-python/twolayer-backprop"])
def test_without_a_compiled_loop_only_its_check_is_not_applicable(name: str, example: Callable[[str], object]) -> None:
    """All other checks of a long training are made with the eager path."""
    case = on(without("compiled training", "no compiler"), example(name))
    reasons = {check.name: unsupported(check, case) for check in checks_of(case)}
    assert reasons.pop("compiled") == "no compiler"
    assert set(reasons.values()) == {""}


@pytest.mark.parametrize(
    ("name", "reason"), [("reference", ""), ("keras", "Keras has no step activation"), ("torch", "torch.nn has no step activation")]
)
def test_an_engine_without_an_activation_is_not_used(name: str, reason: str, network: Callable[[str], NetworkExample]) -> None:
    """A net of threshold units is not applicable where a framework has none, with the reason; the reference has them."""
    example = network("numpy-dnn/311_1")
    layer = example.network.layers[0].model_copy(update={"activation": "step"})
    stepped = example.model_copy(update={"network": example.network.model_copy(update={"layers": [layer]})})
    case = Case(stepped, name)
    assert {unsupported(check, case) for check in checks_of(case)} == {reason}
    assert load_engine(name).unsupported.get("step activation", "") == reason


def test_a_third_engine_is_not_judged_by_another_s_numbers(example: Callable[[str], ConventionExample]) -> None:
    """Without an entry of its own a convention is not applicable; the entries of Keras and PyTorch say nothing about it."""
    chosen = example("ours/activations")
    case = on(Engine(), chosen)
    checks = {check.name: judge(check, case, unsupported(check, case)) for check in checks_of(case)}
    assert checks.keys() == {"defaults", "aligned"}
    for findings in checks.values():
        assert (findings.outcome, findings.reason) == (Outcome.NOT_APPLICABLE, "the fixture has no entry for third")


def test_a_third_engine_with_some_entries_is_judged_by_these(example: Callable[[str], ConventionExample]) -> None:
    """The conventions without an entry for it are a note, and no problem."""
    chosen = example("ours/activations")
    first, *others = chosen.conventions
    entry = next(iter(first.engines.values())).model_copy(update={"default": first.book, "default_difference": "rounding"})
    changed = chosen.model_copy(
        update={"conventions": [first.model_copy(update={"engines": first.engines | {"third": entry}}), *others]}
    )
    case = on(Engine(), changed)
    (defaults,) = (check for check in checks_of(case) if check.name == "defaults")
    findings = judge(defaults, case, unsupported(defaults, case))
    assert (findings.outcome, findings.problems) == (Outcome.PASSED, [])
    assert findings.notes == [f"no entry for third: {', '.join(convention.name for convention in others)}"]


def test_names_are_told_apart_in_every_case() -> None:
    """No case gets two checks of one name: the name is the last part of a test's id, and the key in ``inventory.json``."""
    for check in CHECKS:
        namesakes = [
            other for other in CHECKS if other is not check and other.name == check.name and set(other.kinds) & set(check.kinds)
        ]
        assert all("images" in other.find.__module__ for other in namesakes)  # of images, one is for training, one for inference


@pytest.mark.parametrize("engine", ENGINES)
def test_in_smaller_types_only_checks_with_bounds_for_them_are_made(engine: str, network: Callable[[str], NetworkExample]) -> None:
    """Printed numbers and epochs belong to float64."""
    names = {check.name for check in checks_of(Case(network("numpy-dnn/311_1"), engine, dtype="float32"))}
    assert names == {"outputs", "gradients", "float32"} | ({"errata"} if engine == "reference" else set())
