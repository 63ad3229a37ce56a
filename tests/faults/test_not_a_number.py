"""Every check that compares arrays fails for nan, inf, empty and wrongly shaped ones, with a line and not with a traceback."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from adapters import Array, BatchMetrics, Calculation, Evaluation, Parameters
from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
from verification.case import Case
from verification.check import judge
from verification.records import Findings, Outcome
from verification.registry import checks_of, unsupported
from verification.session import Session
from worked_examples import ConventionExample, NetworkExample, load
from worked_examples.loading import ROOT
from worked_examples.schema.framework_call import FrameworkCall, Probe

Change = Callable[[Array], Array]


def with_one(value: float, array: Array) -> Array:
    """The array with another number in its last entry."""
    changed = np.array(array, dtype=float)
    changed[(-1,) * changed.ndim] = value
    return changed


CHANGES: Mapping[str, Change] = {
    "nan": partial(with_one, np.nan),
    "inf": partial(with_one, np.inf),
    "-inf": partial(with_one, -np.inf),
    "empty": lambda array: np.zeros((0, *np.shape(array)[1:])),
    "one more axis": lambda array: np.asarray(array)[None],
    "flat": lambda array: np.append(np.ravel(array), 0.0),
}


def changed_parameters(change: Change, parameters: Sequence[Parameters]) -> list[Parameters]:
    """The parameters with one array changed: the last kernel."""
    *others, last = parameters
    return [*others, last._replace(kernel=change(last.kernel))]


class ChangedTrainer(Trainer):
    """A trainer that trains rightly, and tells other parameters from the first epoch or batch on, and other outputs."""

    change: Change
    start: list[Parameters]
    has_trained = False

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """As it should be."""
        self.has_trained = True
        return super().train_batches(x, t, batch_size)

    def outputs_for(self, x: Array, batch_size: int) -> Array:
        """Changed where nothing is trained, not for the accuracy of a log row."""
        right = super().outputs_for(x, batch_size)
        return right if self.learning_rate else self.change(right)

    def parameters(self) -> list[Parameters]:
        """Changed, as soon as there was an update."""
        own = super().parameters()
        return changed_parameters(self.change, own) if self.epoch or self.has_trained else own

    def restore(self, epoch: int, parameters: Sequence[Parameters]) -> None:
        """From the beginning, for what was told is not state."""
        super().restore(0, self.start)
        self.advance(epoch)


class Changed(Engine):
    """The reference, whose every result is told with one array changed."""

    unsupported: Mapping[str, str] = MappingProxyType({})

    def __init__(self, change: Change) -> None:
        self.change = change

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """Outputs of the last layer, loss, and the last kernel's gradient."""
        right = super().evaluate(example, parameters, dtype)
        outputs = [*right.outputs[:-1], self.change(right.outputs[-1])]
        gradients = changed_parameters(self.change, right.gradients)
        return Evaluation(outputs, self.change(right.loss), gradients, right.input_gradient, right.intermediates)

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """Parameters."""
        trainer = ChangedTrainer(example, dtype)
        trainer.start, trainer.change = Trainer.parameters(trainer), self.change
        return trainer

    def calculate(self, example: Any, dtype: str) -> Calculation:
        """The last value, and the first gradient."""
        right = super().calculate(example, dtype)
        values = right.values | {name: self.change(right.values[name]) for name in list(right.values)[-1:]}
        return Calculation(values, {name: self.change(array) for name, array in right.gradients.items()}, {})

    def measure_convention(self, family: str, call: FrameworkCall, probe: Probe) -> dict[str, Array]:
        """What the book's formula gives, whose call is named in the place of the framework's."""
        return {name: self.change(array) for name, array in super().measure_convention(family, call, probe).items()}


def one_convention() -> ConventionExample:
    """A convention that two engines compute as the book does."""
    example = load(ROOT / "ours" / "activations.toml")
    assert isinstance(example, ConventionExample)
    first = example.conventions[0]
    side = next(iter(first.engines.values())).model_copy(
        update={
            "default": first.book,
            "aligned": first.book,
            "default_difference": "rounding",
            "residual_difference": "rounding",
            "actual_formula": None,
        }
    )
    pair = first.pairs[0].model_copy(update={"engines": ("reference", "torch"), "default": "rounding", "aligned": "rounding"})
    entry = first.model_copy(update={"engines": {"reference": side, "torch": side}, "pairs": [pair]})
    return example.model_copy(update={"conventions": [entry]})


SMALL, LONG, DESCENT, MEAN = (
    "numpy-dnn/311_1",
    "backprop-notes/network-class",
    "dl-python/gradient-descent",
    "dl-python/twolayer-backprop",
)
COMPARING = [
    ("outputs", SMALL),
    ("gradients", SMALL),
    ("trajectory", SMALL),
    ("float64", SMALL),
    ("values", "dl-python/graph-shopping"),
    ("values", DESCENT),
    ("defaults", "convention"),
    ("aligned", "convention"),
    ("pairs", "convention"),
    ("update", MEAN),
    ("digits", MEAN),
    ("differences", "dl-python/twolayer-numerical"),
    ("outputs", "dl-python/mnist-pretrained"),
]


def findings(check_name: str, example: Any, engine: Engine) -> Findings:
    """The findings on the engine in the place of a framework."""
    session = Session([example], engine_names=("reference", "torch"), engines={"torch": engine})
    case = Case(example, "torch", session)
    (check,) = (check for check in checks_of(case) if check.name == check_name and not unsupported(check, case))
    return judge(check, case)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("check_name", "name"), COMPARING)
def test_what_is_no_number_or_has_another_shape_fails(check_name: str, name: str, change: str) -> None:
    """In one entry of one array: the check fails and tells it; the same engine without the change passes."""
    example = one_convention() if name == "convention" else load(ROOT / f"{name}.toml")
    assert findings(check_name, example, Changed(lambda array: array)).problems == []
    found = findings(check_name, example, Changed(CHANGES[change]))
    assert found.outcome is Outcome.FAILED
    assert not any("looks like" in problem for problem in found.problems), found.problems
