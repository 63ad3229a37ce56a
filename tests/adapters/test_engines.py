"""The engines: float64 throughout, imported only when asked for, and clear about what is missing."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import adapters
from adapters import ENGINES, MissingEngineError, Parameters, load_engine
from adapters.training import checkpoints
from verification.exact import arithmetic
from verification.session import Case, adapter, missing
from worked_examples import NetworkExample, load_all

ROOT = Path(__file__).parents[2]
EXAMPLES = load_all()


def network(name: str) -> NetworkExample:
    """An example that is a network."""
    example = EXAMPLES[name]
    assert isinstance(example, NetworkExample)
    return example


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of Python in a process of its own, in the project's root."""
    path = {"PATH": "/usr/bin:/bin", "HOME": str(Path.home()), "TF_CPP_MIN_LOG_LEVEL": "3"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=path | environment, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("name", ENGINES)
def test_every_array_of_an_engine_is_float64(name: str) -> None:
    """Outputs, loss, gradients and trained parameters come back in float64, not merely converted to it."""
    evaluation = adapter(name).evaluate(network("numpy-dnn/317_1"), None, "float64")
    trainer = adapter(name).trainer(network("numpy-dnn/317_1"), "float64", compiled=True)
    trainer.advance(3)
    arrays = [values for _, _, values in arithmetic.named(evaluation)] + [array for pair in trainer.parameters() for array in pair]
    assert {np.asarray(array).dtype for array in arrays} == {np.dtype("float64")}


@pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "eager"])
@pytest.mark.parametrize("name", ENGINES)
def test_no_constant_leaks_float32_into_an_update(name: str, compiled: bool) -> None:
    """After one update every parameter is right to the rounding of one float64 epoch.

    A learning rate, loss weight or weight that was float32 anywhere on the way would be wrong in the 8th digit, ten million
    times the bound: 0.01 in float32 is 0.00999999977648258.
    """
    example = network("numpy-dnn/317_1")
    trainer = adapter(name).trainer(example, "float64", compiled)
    start = trainer.parameters()
    trainer.advance(1)
    exact, rough = (arithmetic.update(example, start, bits) for bits in (arithmetic.EXACT, arithmetic.BITS["float64"]))
    for got, right, bound in zip(trainer.parameters(), exact, rough, strict=True):
        for field in Parameters._fields:
            apart = arithmetic.distance(arithmetic.balls(getattr(got, field).astype(object)), getattr(right, field))
            assert np.all(apart <= arithmetic.SAFETY_FACTOR * arithmetic.radius(getattr(bound, field)))


@pytest.mark.parametrize("name", ENGINES)
def test_a_small_change_of_a_weight_is_seen(name: str) -> None:
    """A weight changed by 1e-13 changes the output: float32, which keeps 7 digits, would not see it."""
    case = Case(network("numpy-dnn/317_1"), name)
    weights = arithmetic.initial(case.example, "float64")
    changed = [Parameters(pair.kernel + 1e-13, pair.bias) for pair in weights]
    before, after = case.evaluate(weights).outputs[-1], case.evaluate(changed).outputs[-1]
    assert np.all(before != after)


def test_the_core_imports_no_framework() -> None:
    """Importing the reference, the fixtures, the data and the registry of engines loads no framework, nor scikit-learn."""
    modules = (
        "reference.network, worked_examples, worked_examples.datasets.sets, adapters, adapters.training, adapters.reference.engine"
    )
    code = f"import {modules}, sys; print(sorted(sys.modules))"
    done = python(code)
    assert done.returncode == 0, done.stderr
    assert not {"tensorflow", "keras", "torch", "sklearn"} & set(eval(done.stdout))  # noqa: S307 -- a list of our own making


@pytest.mark.parametrize(("name", "absent"), [("keras", "torch"), ("torch", "tensorflow")])
def test_one_framework_does_not_bring_another(name: str, absent: str) -> None:
    """Each engine works in a process where the other framework is never imported."""
    code = (
        f"import adapters, worked_examples, sys; example = worked_examples.load_all()['numpy-dnn/311_1']; "
        f"adapters.engine('{name}').evaluate(example, None, 'float64'); sys.exit('{absent}' in sys.modules)"
    )
    done = python(code)
    assert done.returncode == 0, done.stderr


def test_another_keras_backend_is_refused() -> None:
    """Keras on a backend without a true float64 is refused with the reason."""
    done = python("import adapters; adapters.engine('keras')", KERAS_BACKEND="torch")
    assert done.stderr.rstrip().endswith(
        "ImportError: KERAS_BACKEND is 'torch', but only 'tensorflow' computes in true float64: "
        "on other backends Keras casts products to float32"
    )


def test_a_missing_engine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine whose package is not installed is an error that names the package."""
    monkeypatch.setattr(adapters, "ENGINES", {"other": ("adapters.other", "no_such_package")})
    with pytest.raises(MissingEngineError, match=r"^engine 'other' needs the package 'no_such_package', which is not installed$"):
        load_engine("other")


def test_checkpoints_are_1_2_5_times_powers_of_ten() -> None:
    """A run is recorded at 0, 1, 2, 5, 10, 20, 50, ... and at its limit."""
    assert checkpoints(79) == [0, 1, 2, 5, 10, 20, 50, 79]
    assert checkpoints(100) == [0, 1, 2, 5, 10, 20, 50, 100]


@pytest.mark.parametrize("name", ENGINES)
def test_training_can_go_back(name: str) -> None:
    """A trainer restored to an earlier epoch takes the same course again, bit for bit."""
    trainer = adapter(name).trainer(network("numpy-dnn/316_1"), "float64", compiled=False)
    trainer.advance(3)
    epoch3 = [Parameters(*(array.copy() for array in pair)) for pair in trainer.parameters()]
    trainer.advance(7)
    first = trainer.parameters()
    trainer.restore(3, epoch3)
    assert trainer.advance(7).epoch == 7
    for a, b in zip(first, trainer.parameters(), strict=True):
        assert np.array_equal(a.kernel, b.kernel)
        assert np.array_equal(a.bias, b.bias)


@pytest.mark.parametrize(
    ("name", "reason"), [("reference", ""), ("keras", "Keras has no step activation"), ("torch", "torch.nn has no step activation")]
)
def test_an_engine_without_an_activation_is_not_asked(name: str, reason: str) -> None:
    """A net of threshold units is not applicable where a framework has none, with the reason; the reference has them."""
    example = network("numpy-dnn/311_1")
    layer = example.network.layers[0].model_copy(update={"activation": "step"})
    stepped = example.model_copy(update={"network": example.network.model_copy(update={"layers": [layer]})})
    assert missing(Case(stepped, name)) == reason


def test_importing_keras_is_quiet() -> None:
    """TensorFlow's start-up messages, which no setting stops, do not reach the terminal."""
    assert python("import adapters; adapters.engine('keras')").stderr == ""


def test_what_matters_is_passed_on() -> None:
    """Of what is held back, information and the warning about it are dropped, errors are not."""
    lines = "I0000 00:00 port.cc] on\\nWARNING: All log messages before absl::InitializeLog() are\\nE0000 00:00 broken\\n"
    done = python(f"import os\nfrom adapters.stderr import quietly\nwith quietly():\n    os.write(2, b'{lines}')\n    print('in')")
    assert (done.stdout, done.stderr) == ("in\n", "E0000 00:00 broken\n")
