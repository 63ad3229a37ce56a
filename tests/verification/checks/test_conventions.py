"""Framework conventions: another distance than the stated one is a problem, every remaining one is explained."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from adapters import Array
from adapters.reference.engine import Engine
from adapters.reference.layers import LAYERS
from reference.convention_formulas import FORMULAS
from reference.optimization.optimizers import OPTIMIZERS
from reference.optimization.weight_decay import DECAYS
from verification.case import Case
from verification.check import judge
from verification.records import Findings
from verification.registry import checks_of
from verification.session import Session
from worked_examples import ConventionExample, FixtureError, load, load_all
from worked_examples.loading import ROOT
from worked_examples.schema.framework_call import FrameworkCall, Probe
from worked_examples.schema.kinds.convention import BOOK_FORMULAS, Convention, PairDifference

EXAMPLES = {name: example for name, example in load_all().items() if isinstance(example, ConventionExample)}
CONVENTIONS = {f"{name}-{convention.name}": convention for name, example in EXAMPLES.items() for convention in example.conventions}
ADAGRAD = CONVENTIONS["dl-python/optimizers-adagrad"]


class Shifted(Engine):
    """An engine that computes the book's formula, plus a constant with its default call and another with the aligned one."""

    def __init__(self, default: float = 0.0, aligned: float = 0.0) -> None:
        self.shifts = {"default": default, "aligned": aligned}

    def measure_convention(self, family: str, call: FrameworkCall, probe: Probe) -> dict[str, Array]:
        """The formula, with what the call's name adds."""
        measured = super().measure_convention(family, ADAGRAD.book, probe)
        return {name: array + self.shifts[call.call] for name, array in measured.items()}


def two_engines(first: dict[str, str], second: dict[str, str], **pair: str) -> ConventionExample:
    """AdaGrad on two engines whose calls are named ``default`` and ``aligned``, with what is stated of them."""
    calls = {"default": FrameworkCall(call="default"), "aligned": FrameworkCall(call="aligned"), "actual_formula": None}
    side = ADAGRAD.engines["torch"]
    engines = {name: side.model_copy(update=calls | stated) for name, stated in (("one", first), ("other", second))}
    pairs = [PairDifference(engines=("one", "other"), **pair)] if pair else []
    changed = ADAGRAD.model_copy(update={"engines": engines, "pairs": pairs})
    return EXAMPLES["dl-python/optimizers"].model_copy(update={"conventions": [changed]})


def checked(example: ConventionExample, name: str, engine: str, **engines: Engine) -> Findings:
    """The findings of a check on one of the engines that take part."""
    case = Case(example, engine, Session([example], engine_names=("reference", *engines), engines=engines))
    (check,) = (candidate for candidate in checks_of(case) if candidate.name == name)
    return judge(check, case)


ROUNDING = {"default_difference": "rounding"}
OTHER_IS_RIGHT = "; other as stated: look at one, its adapter and call"


@pytest.mark.parametrize(
    ("stated", "shift", "problems"),
    [
        ("0.25", 0.25, []),
        ("0.25", 0.2549, []),
        ("0.25", -0.25, []),
        ("0.25", 0.256, ["adagrad, defaults, from the formula: stated 0.25, measured 2.560000e-01, should read 0.26"]),
        ("rounding", 0.0, []),
        ("rounding", 1e-9, ["adagrad, defaults, from the formula: stated rounding, measured 1.000e-09"]),
        ("shape", 0.25, ["adagrad, defaults, from the formula: stated shape, measured 2.500e-01"]),
        ("infinite", 0.25, ["adagrad, defaults, from the formula: stated infinite, measured 2.500e-01"]),
        ("0.25", np.nan, ["adagrad, defaults, from the formula: stated 0.25, measured nan"]),
        ("rounding", np.nan, ["adagrad, defaults, from the formula: stated rounding, measured nan"]),
        ("infinite", np.nan, ["adagrad, defaults, from the formula: stated infinite, measured nan"]),
        ("shape", np.nan, ["adagrad, defaults, from the formula: stated shape, measured nan"]),
        ("rounding", np.inf, ["adagrad, defaults, from the formula: stated rounding, measured infinite"]),
        ("infinite", np.inf, []),
    ],
)
def test_a_measured_distance_must_round_to_the_stated_one(stated: str, shift: float, problems: list[str]) -> None:
    """Both sides of the rounding, a new difference, nan and inf."""
    example = two_engines({"default_difference": stated}, ROUNDING)
    found = checked(example, "defaults", "one", one=Shifted(shift), other=Shifted()).problems
    assert found == [problem + OTHER_IS_RIGHT for problem in problems]


def test_aligned_settings_are_measured_with_their_own_call() -> None:
    """The default call's distance says nothing about them."""
    example = two_engines({"default_difference": "0.25"}, ROUNDING)
    assert checked(example, "aligned", "one", one=Shifted(0.25), other=Shifted()).problems == []
    problems = checked(example, "aligned", "one", one=Shifted(0.25, 0.5), other=Shifted()).problems
    assert problems == ["adagrad, aligned settings, from the formula: stated rounding, measured 5.000e-01" + OTHER_IS_RIGHT]


def test_the_actual_formula_must_be_the_one_that_is_computed() -> None:
    """Where a residual difference is left, the engine computes the formula that the entry names."""
    actual = FrameworkCall(call="adagrad", options={"epsilon": "1e-3", "root": "outside"})
    stated = {"residual_difference": "0.50", "actual_formula": actual, "why": "another epsilon"}
    example = two_engines(ROUNDING | stated, ROUNDING)  # type: ignore[arg-type]  # a call among the texts
    (problem,) = checked(example, "aligned", "one", one=Shifted(0.0, 0.5), other=Shifted()).problems
    assert problem.endswith("from the formula that it is said to compute")


def test_a_pair_is_checked_once_in_the_case_of_its_second_engine() -> None:
    """The first engine's case has no such check; the second's compares both, by default and aligned."""
    example = two_engines({"default_difference": "0.25"}, ROUNDING, default="0.25", aligned="rounding")
    engines = {"one": Shifted(0.25), "other": Shifted()}
    assert checked(example, "pairs", "other", **engines).problems == []
    with pytest.raises(ValueError, match="not enough values"):
        checked(example, "pairs", "one", **engines)
    wrong = checked(example, "pairs", "other", one=Shifted(0.5), other=Shifted(0.0, 0.5)).problems
    assert wrong == [
        "adagrad, defaults, one from other: stated 0.25, measured 5.000000e-01, should read 0.50; "
        "from the formula only one is not as stated",
        "adagrad, aligned settings, one from other: stated rounding, measured 5.000e-01; "
        "from the formula only other is not as stated",
    ]


def test_a_pair_without_its_first_engine_is_a_note() -> None:
    """What cannot be compared is said once, and is not a problem."""
    example = two_engines(ROUNDING, ROUNDING, default="0.25")
    findings = checked(example, "pairs", "other", other=Shifted())
    assert (findings.problems, findings.notes) == ([], ["not compared with one, which does not take part in this run"])


def test_a_formula_that_is_wrong_is_not_laid_on_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every engine that takes part is away from the formula, the line points to the formula, and no advice to the fixture."""
    wrong = OPTIMIZERS["adagrad"]._replace(step=lambda state, w, g, *_, **__: (state, w - g))
    example = two_engines(ROUNDING, ROUNDING)
    right = {"one": Shifted(), "other": Shifted()}
    points = right["one"].measure_convention("optimizer", FrameworkCall(call="default"), example.probe_of(example.conventions[0]))
    for engine in right.values():
        monkeypatch.setattr(engine, "measure_convention", lambda *_: points)
    assert checked(example, "defaults", "one", **right).problems == []
    monkeypatch.setattr("reference.optimization.optimizers.OPTIMIZERS", {**OPTIMIZERS, "adagrad": wrong})
    findings = checked(example, "defaults", "one", **right)
    (problem,) = findings.problems
    assert problem.endswith("; other not as stated either: look first at the formula of the reference, and at the fixture")
    assert "only where the framework's release notes say so" not in problem
    assert "write the new number" not in findings.next_step


def test_one_engine_alone_accuses_nobody() -> None:
    """Nothing says whether it or the formula is away."""
    example = two_engines({"default_difference": "0.25"}, ROUNDING)
    (problem,) = checked(example, "defaults", "one", one=Shifted(0.5)).problems
    assert problem.endswith("; no other engine takes part to tell who is away")


def test_an_engine_without_what_is_compared_is_one_line() -> None:
    """No traceback, and not within rounding: also where the fixture states that the shapes differ."""

    class Silent(Shifted):
        """An engine that measures nothing."""

        def measure_convention(self, family: str, call: FrameworkCall, probe: Probe) -> dict[str, Array]:
            """No array."""
            return {}

    for stated in ("rounding", "shape", "infinite", "0.25"):
        example = two_engines({"default_difference": stated}, ROUNDING)
        (problem,) = checked(example, "defaults", "one", one=Silent(), other=Shifted()).problems
        assert problem == f"adagrad, defaults, from the formula: stated {stated}, measured nothing{OTHER_IS_RIGHT}"


def test_an_engine_of_another_shape_is_one_line() -> None:
    """More or fewer entries do not give a distance."""

    class Longer(Engine):
        """An engine that repeats its result."""

        def measure_convention(self, family: str, call: FrameworkCall, probe: Probe) -> dict[str, Array]:
            """Twice as many rows."""
            measured = super().measure_convention(family, ADAGRAD.book, probe)
            return {name: np.concatenate([array, array]) for name, array in measured.items()}

    example = two_engines({"default_difference": "0.25"}, ROUNDING)
    problems = checked(example, "defaults", "one", one=Longer(), other=Shifted()).problems
    assert problems == ["adagrad, defaults, from the formula: stated 0.25, measured shape" + OTHER_IS_RIGHT]


@pytest.mark.parametrize(
    ("stated", "line"),
    [
        ("0.11", "adagrad, defaults, from the formula: stated 0.11, measured 1.01"),
        ("rounding", "adagrad, defaults, from the formula: stated rounding, measured 1.01"),
        ("shape", "adagrad, defaults, from the formula: stated shape, measured 1.01"),
    ],
    ids=["another-number", "no-difference", "another-shape"],
)
def test_a_framework_that_changes_is_noticed(stated: str, line: str, judged: Callable[..., Findings]) -> None:
    """On Keras itself, a measured distance that does not round to the stated one fails, with the one it should read."""
    keras = ADAGRAD.engines["keras"].model_copy(update={"default_difference": stated})
    changed = ADAGRAD.model_copy(update={"engines": ADAGRAD.engines | {"keras": keras}})
    example = EXAMPLES["dl-python/optimizers"].model_copy(update={"conventions": [changed]})
    (problem,) = judged("defaults", example, "keras").problems
    assert problem.startswith(line)


def test_every_formula_that_a_fixture_may_name_is_the_reference_s() -> None:
    """The vocabularies are those of the reference's tables."""
    assert set(OPTIMIZERS) == set(BOOK_FORMULAS["optimizer"])
    assert set(FORMULAS) <= set(BOOK_FORMULAS["function"]) | {"sigmoid", "softmax"}
    assert set(LAYERS) == set(BOOK_FORMULAS["layer"])
    assert DECAYS


@pytest.mark.parametrize("convention", CONVENTIONS.values(), ids=CONVENTIONS)
def test_a_residual_difference_is_explained(convention: Convention) -> None:
    """Where aligned settings leave a difference, the entry says why."""
    for side in convention.engines.values():
        assert side.residual_difference == "rounding" or side.why


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'default_difference = "0.10"',
            'default_difference = "about 0.1"',
            ".engines.keras.default_difference: 'about 0.1' is not a distance; accepted: a decimal string",
        ),
        ('epsilon = "1e-7", root = "outside"', 'epsilon = 1e-7, root = "outside"', 'must be written as a string, "1e-07"'),
    ],
    ids=["distance", "option"],
)
def test_a_bad_distance_or_option_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
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
