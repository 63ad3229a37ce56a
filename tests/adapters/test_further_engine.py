"""A further engine is one sub-package and one registry entry: a small one, written to a folder, agrees with the reference."""

from inspect import getmembers, isfunction
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest

from adapters import ENGINES, Engine, load_engine
from adapters.capabilities import reason_unsupported
from adapters.training import train
from verification.case import Case
from verification.check import judge
from verification.registry import checks_of, unsupported
from verification.session import Session
from worked_examples import Example, NetworkExample, load_all
from worked_examples.printed.moments import SUMMED
from worked_examples.schema.log import LogBlock

ONLY = "dense networks of identity and sigmoid units only"
SOURCE = '''
"""Dense networks of identity and sigmoid units with half squared error; nothing of the reference is used."""

import numpy as np

from adapters import Evaluation, Intermediates, Parameters, Progress
from adapters.schedule import of_epoch, sample_order

OTHER_LOSSES = ("cross entropy", "binary cross entropy", "squared error", "mean squared error")
ONLY = "dense networks of identity and sigmoid units only"
VALUE = {"identity": lambda a: a, "sigmoid": lambda a: 1 / (1 + np.exp(-a))}
DERIVATIVE = {"identity": lambda y: 1 + 0 * y, "sigmoid": lambda y: y * (1 - y)}


def decimals(values, dtype):
    return np.array(values, dtype=np.str_).astype(dtype)


class Network:
    def __init__(self, example, dtype):
        layers = example.network.layers
        self.activations = [layer.activation for layer in layers]
        self.weights = [Parameters(decimals(layer.kernel, dtype), decimals(layer.bias, dtype)) for layer in layers]

    def evaluate(self, x, t):
        outputs, sums = [x], []
        for name, (kernel, bias, *_) in zip(self.activations, self.weights):
            sums.append(outputs[-1] @ kernel + bias)
            outputs.append(VALUE[name](sums[-1]))
        upstream, gradients, known = outputs[-1] - t, [], Intermediates(sums, [], [], (outputs[-1] - t) ** 2 / 2)
        for level in reversed(range(len(self.weights))):
            delta = upstream * DERIVATIVE[self.activations[level]](outputs[level + 1])
            known.output_gradients.insert(0, upstream)
            known.pre_activation_gradients.insert(0, delta)
            gradients.insert(0, Parameters(outputs[level].T @ delta, delta.sum(axis=0)))
            upstream = delta @ self.weights[level].kernel.T
        return Evaluation(outputs[1:], ((outputs[-1] - t) ** 2).sum() / 2, gradients, upstream, known)


class Trainer:
    path = "eager"

    def __init__(self, example, dtype):
        self.network, self.epoch, self.data, training = Network(example, dtype), 0, example.data.numbers(dtype), example.training
        self.order, self.threshold, self.test = sample_order(example), float(training.criterion.threshold), training.criterion.test
        self.rates = float(training.learning_rate), float(training.learning_rate) * training.trains_biases
        self.last = self.threshold + 1

    def should_continue(self, loss):
        return np.isfinite(loss) and (loss > self.threshold if self.test == "<=" else loss >= self.threshold)

    def tested_loss(self):
        return self.last if self.order is not None else self.network.evaluate(*self.data).loss

    def advance(self, limit):
        while self.epoch < limit and self.should_continue(self.tested_loss()):
            samples = [slice(None)] if self.order is None else [[sample] for sample in of_epoch(self.order, self.epoch)]
            self.last = sum(self.update(*(array[sample] for array in self.data)) for sample in samples)
            self.epoch += 1
        return Progress(self.epoch, self.tested_loss())

    def update(self, x, t):
        found = self.network.evaluate(x, t)
        pairs = zip(self.network.weights, found.gradients)
        self.network.weights = [Parameters(*(w - r * g for r, w, g in zip(self.rates, *pair))) for pair in pairs]
        return found.loss

    def before_updates(self):
        before, order = [], self.order if self.order is not None else [range(len(self.data[0]))]
        size = len(order[0]) if self.order is None else 1
        row = list(of_epoch(np.array(order), self.epoch))
        for start in range(0, len(row), size):
            before.append(self.parameters())
            self.update(*(array[row[start : start + size]] for array in self.data))
        self.epoch += 1
        return before

    def parameters(self):
        return list(self.network.weights)

    def restore(self, epoch, parameters):
        self.epoch, self.network.weights, self.last = epoch, list(parameters), self.threshold + 1


KINDS = ("network on images", "calculation", "layer sizes", "convention")


class Engine:
    unsupported = {
        **{kind: ONLY for kind in KINDS},
        **{f"{name} activation": ONLY for name in ("relu", "tanh", "softmax", "step")},
        **{f"{name} loss": "half squared error only" for name in OTHER_LOSSES},
        "mean reduction": "a sum only",
        "perceptron rule": "gradients only",
        "stopping by errors": "losses only",
        "compiled training": "NumPy only",
    }

    def versions(self):
        return {"numpy": np.__version__}

    def evaluate(self, example, parameters, dtype):
        network = Network(example, dtype)
        network.weights = list(parameters or network.weights)
        return network.evaluate(*example.data.numbers(dtype))

    def trainer(self, example, dtype, compiled):
        return Trainer(example, dtype)

    def never(self, *_):
        raise AssertionError("an unsupported capability was used")

    calculate = count = measure_convention = never
'''


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The engine, found by a registry with one entry more."""
    package = tmp_path / "small_engine"
    package.mkdir()
    (package / "__init__.py").write_text('"""A further engine."""\n', encoding="utf-8")
    (package / "engine.py").write_text(dedent(SOURCE), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return load_engine("small", {**ENGINES, "small": ("small_engine.engine", "small_engine")})


def network(name: str) -> NetworkExample:
    """One of our networks."""
    example = load_all()[name]
    assert isinstance(example, NetworkExample)
    return example


def test_it_supplies_the_protocol_and_nothing_else(small: Engine) -> None:
    """Every method of the protocol is there; the engine needs no other module, function or name."""
    documented = {name for name, _ in getmembers(Engine, isfunction) if not name.startswith("_")}
    supplied = {name for name in dir(small) if not name.startswith("_")}
    assert supplied - {"never"} == documented | {"unsupported"}


def test_its_evaluation_is_that_of_the_reference(small: Engine) -> None:
    """Outputs, loss, gradients and the input's gradient are equal: all of them are whole numbers."""
    example = network("numpy-dnn/311_1")
    evaluation, expected = (engine.evaluate(example, None, "float64") for engine in (small, load_engine("reference")))
    assert evaluation.loss == expected.loss
    assert np.array_equal(evaluation.outputs[0], expected.outputs[0])
    assert np.array_equal(evaluation.gradients[0].kernel, expected.gradients[0].kernel)
    assert np.array_equal(evaluation.gradients[0].bias, expected.gradients[0].bias)
    assert np.array_equal(evaluation.input_gradient, expected.input_gradient)


@pytest.mark.parametrize("name", ["numpy-dnn/311_1", "ours/one-by-one", "backprop-notes/network-class"])
def test_its_training_is_that_of_the_reference(small: Engine, name: str) -> None:
    """The same stop, with a full batch (epoch 79), with batch size 1, and with fixed biases; the same parameters on the way."""
    example = network(name)
    run, expected = (train(engine.trainer(example, "float64", compiled=False), 100) for engine in (small, load_engine("reference")))
    assert run.stop == expected.stop
    assert name != "numpy-dnn/311_1" or run.stop == 79
    for epoch, layers in run.parameters.items():
        for layer, expected_layer in zip(layers, expected.parameters[epoch], strict=True):
            assert np.allclose(layer.kernel, expected_layer.kernel, rtol=1e-12, atol=0)
            assert np.allclose(layer.bias, expected_layer.bias, rtol=1e-12, atol=0)


def test_it_passes_every_check_that_it_supports(small: Engine) -> None:
    """The further engine gets the checks of 311_1 as all others do; nothing else in the suite has to know it."""
    case = Case(network("numpy-dnn/311_1"), "small", Session(load_all().values(), engines={"small": small}))
    findings = [judge(check, case, unsupported(check, case)) for check in checks_of(case)]
    assert {"outputs", "gradients", "trajectory"} <= {finding.check for finding in findings}
    assert [finding.problems for finding in findings if finding.problems] == []


def test_it_judges_log_rows_and_leaves_out_formulas(small: Engine) -> None:
    """Sums over the updates of an epoch are its own; formulas need calculations, which it does not support."""
    example = network("ours/one-by-one")
    log = LogBlock(
        where="console",
        text="E = 3.38, mae = 2\n",
        names={"E": "loss"},
        taken="before each update, summed over the epoch",
        every=1,
    )
    changed = example.model_copy(update={"printed": [], "log": [log], "quantities": {"mae": "mean(abs(output - target))"}})
    case = Case(changed, "small", Session([changed], engine_names=("reference", "small"), engines={"small": small}))
    (check,) = (check for check in checks_of(case) if check.name == "printed")
    findings = judge(check, case, unsupported(check, case))
    assert [number.name for number in findings.printed_numbers or []] == ["E"]
    assert findings.problems == []
    assert (findings.n_unsupported, findings.notes) == (1, [f"mae (mae, {SUMMED}) at epoch 0, console not judged: {ONLY}"])


def test_what_it_does_not_support_is_left_out_with_a_reason(small: Engine) -> None:
    """Of our examples just the linear and sigmoid networks are left; for all others there is a reason."""

    def is_supported(example: Example) -> bool:
        return not reason_unsupported(example, small.unsupported)

    left = [candidate for candidate in load_all().values() if is_supported(candidate)]
    networks = [candidate for candidate in left if isinstance(candidate, NetworkExample)]
    activations = {layer.activation for candidate in networks for layer in candidate.network.layers}
    assert activations == {"identity", "sigmoid"}
    assert {candidate.kind for candidate in left} <= {"network"}
