"""Engines with one mistake each in training on images, and scikit-learn's handwritten digits in the place of MNIST."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, cast

import numpy as np
import pytest

from adapters import Array, BatchMetrics, Parameters
from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
from reference.layer_types.parameters import Layer
from reference.optimization.momentum import StepResult
from reference.optimization.optimizers import OPTIMIZERS
from verification.case import Case
from verification.check import judge
from verification.images import data
from verification.images.data import initial
from verification.records import Findings
from verification.registry import checks_of
from verification.seeds import seed_files
from verification.session import Session
from worked_examples import ImageExample, NetworkExample, load_all
from worked_examples.datasets import sets

NAMES = ("reference", "faulty")
NETWORK = "study-notes/mnist-inference"


class SumForMean(Trainer):
    """The gradients of a batch are summed where the example averages."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.design = replace(self.design, reduction="sum")


class OutsideEpsilon(Trainer):
    """Adam's epsilon hat is taken for the epsilon outside the root of algorithm 1."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        if self.steps:
            coefficients = cast("partial[StepResult]", self.steps.optimizer.step).keywords
            algorithm_1 = OPTIMIZERS["adam"]
            self.steps.optimizer = algorithm_1._replace(step=partial(algorithm_1.step, **coefficients))


class OwnOrder(Trainer):
    """The trainer sorts its samples by label."""

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """Train in an order of its own."""
        order = np.argsort(t.argmax(axis=1), kind="stable")
        return super().train_batches(x[order], t[order], batch_size)


class CountsAfter(Trainer):
    """Correctly classified samples are counted after the update."""

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """Count again with the new parameters."""
        metrics = super().train_batches(x, t, batch_size)
        return metrics._replace(n_correct=int((self.outputs_for(x, batch_size).argmax(axis=1) == t.argmax(axis=1)).sum()))


class Single(Trainer):
    """The parameters are kept in float32."""

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """Round the parameters before each chunk."""
        self.layers = [Layer(*(array.astype("float32").astype(float) for array in layer)) for layer in self.layers]
        return super().train_batches(x, t, batch_size)


class OneRow(Trainer):
    """In a batch, every sample gets the outputs of the first."""

    def outputs_for(self, x: Array, batch_size: int) -> Array:
        """The first sample's outputs for all."""
        return np.repeat(super().outputs_for(x[:1], 1), len(x), axis=0) if batch_size > 1 else super().outputs_for(x, 1)


class NanWeights(Trainer):
    """One weight is told as nan."""

    def parameters(self) -> list[Parameters]:
        """With nan as the first bias."""
        first, *others = super().parameters()
        return [first._replace(bias=np.where(np.arange(len(first.bias)) == 0, np.nan, first.bias)), *others]


class FewerWeights(Trainer):
    """The last layer is not told."""

    def parameters(self) -> list[Parameters]:
        """Without the last layer."""
        return super().parameters()[:-1]


class NanMargins(Trainer):
    """A margin is nan, as where an output was."""

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """All but the margin."""
        return super().train_batches(x, t, batch_size)._replace(min_margin=np.nan)


class NanOutputs(Trainer):
    """One output of the first sample is nan."""

    def outputs_for(self, x: Array, batch_size: int) -> Array:
        """With nan in the last place, which the greatest of the row is taken for."""
        outputs = super().outputs_for(x, batch_size).copy()
        outputs[0, -1] = np.nan
        return outputs


class ShiftedOutputs(Trainer):
    """Every output is a millionth too large."""

    def outputs_for(self, x: Array, batch_size: int) -> Array:
        """With the same arg max."""
        return super().outputs_for(x, batch_size) + 1e-6


FAULTS: Mapping[str, type[Trainer]] = {
    fault.__name__: fault
    for fault in (
        *(SumForMean, OutsideEpsilon, OwnOrder, CountsAfter, Single, OneRow),
        *(NanWeights, FewerWeights, NanMargins, NanOutputs, ShiftedOutputs),
    )
}


class Faulty(Engine):
    """The reference with a faulty trainer, or with one in its compiled path only."""

    unsupported: Mapping[str, str] = {}

    def __init__(self, fault: str, *, only_compiled: bool) -> None:
        self.fault, self.only_compiled = FAULTS[fault], only_compiled

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """The faulty trainer."""
        trainer = self.fault if compiled or not self.only_compiled else Trainer
        return trainer(example, dtype)


@pytest.fixture(scope="session")
def image_example() -> Callable[[str], ImageExample]:
    """``image_example(id)``: an example with images."""
    examples = {name: example for name, example in load_all().items() if isinstance(example, ImageExample)}
    return lambda name: examples[name]


@pytest.fixture
def on_reference() -> Callable[[ImageExample], Case[ImageExample]]:
    """``on_reference(example)``: the example on the reference, in a session of its own."""
    return lambda example: Case(example, "reference", Session([example], engine_names=NAMES))


@pytest.fixture
def with_fault() -> Callable[..., Case[ImageExample]]:
    """``with_fault(example, fault)``: the example on an engine with this fault, in a session of its own."""

    def case(example: ImageExample, fault: str, *, only_compiled: bool = False) -> Case[ImageExample]:
        faulty = Faulty(fault, only_compiled=only_compiled)
        return Case(example, "faulty", Session([example], engine_names=NAMES, engines={"faulty": faulty}))

    return case


@pytest.fixture
def judged() -> Callable[[Case[ImageExample], str], Findings]:
    """``judged(case, check)``: the findings of the check of this name."""
    return lambda case, name: judge(next(check for check in checks_of(case) if check.name == name), case)


def steep(example: ImageExample) -> dict[str, Array]:
    """A file of pretrained parameters: random ones, fifty times as great, for as drawn they predict the same for every digit."""
    pairs = zip(example.written["layers"], initial(example, 64), strict=True)
    return {name: array for of, pair in pairs for name, array in ((of["kernel"], 50 * pair.kernel), (of["bias"], pair.bias))}


@pytest.fixture
def digits_for_mnist(monkeypatch: pytest.MonkeyPatch, image_example: Callable[[str], ImageExample]) -> None:
    """Whatever images are requested, the digits are loaded; random parameters are the pretrained ones; no seeds are committed."""
    monkeypatch.setattr(data, "load", lambda *_: sets.load(data.DIGITS))
    monkeypatch.setattr(data, "pretrained", lambda _: steep(image_example(NETWORK)))
    monkeypatch.setattr(seed_files, "quantities", lambda _: [])


@pytest.fixture
def shorter_batches() -> Callable[[ImageExample], ImageExample]:
    """``shorter_batches(example)``: the example with inference in batches of at most 87, for there are 261 = 3 * 87 test digits."""
    return partial(with_batches_of_at_most, 87)


def with_batches_of_at_most(most: int, example: ImageExample) -> ImageExample:
    """The example with no larger batch in inference."""
    settings = [setting.model_copy(update={"batch_size": min(setting.batch_size, most)}) for setting in example.inference_settings]
    return example.model_copy(update={"inference_settings": settings})
