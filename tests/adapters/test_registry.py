"""The registry of engines: imported only when requested, and clear about what is missing."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import adapters
from adapters import ENGINES, Engine, MissingEngineError, installed, load_engine

Python = Callable[..., subprocess.CompletedProcess[str]]
MODULES = {
    "__init__",
    "engine",
    "network",
    "training",
    "optimizers",
    "operations",
    "layers",
    "sizes",
    "conventions",
}
CAPABILITY = re.compile(
    r"network|network on images|calculation|layer sizes|convention|compiled training|penalty|perceptron rule|stopping by [a-z]+"
    r"|[a-z, ]+ (activation|loss|optimizer|layer)|[a-z0-9]+ weight decay with [a-z, ]+|[a-z ]+ with repeated words"
)


def test_every_engine_has_the_same_modules() -> None:
    """Who knows one engine finds everything in another; a framework's are its calls, its layers, a compiled loop too."""
    folder = Path(adapters.__file__).parent
    for name in ENGINES:
        assert {file.stem for file in (folder / name).glob("*.py")} - {
            "call_names",
            "classes",
            "compiled_training",
            "stopping",
            "units",
        } == MODULES


def test_what_is_unsupported_is_named_in_known_words_with_a_reason(engine: Engine) -> None:
    """Every key of ``unsupported`` is a capability, and every value a reason."""
    assert all(CAPABILITY.fullmatch(capability) and reason for capability, reason in engine.unsupported.items())


def test_an_engine_names_the_packages_that_compute(engine: Engine) -> None:
    """Each version is a number."""
    assert all(re.match(r"\d+\.\d+", version) for version in engine.versions().values())


def test_a_missing_engine_is_named() -> None:
    """An engine whose package is not installed is an error that names the package."""
    engines = {"other": ("adapters.other", "no_such_package")}
    assert not installed("other", engines)
    with pytest.raises(MissingEngineError, match=r"^engine 'other' needs the package 'no_such_package', which is not installed$"):
        load_engine("other", engines)


def test_the_core_imports_no_framework(python: Python) -> None:
    """Importing the reference, the fixtures, the data and the registry of engines loads no framework, nor scikit-learn."""
    modules = "reference.network, worked_examples, worked_examples.datasets.sets, adapters.training, adapters.reference.engine"
    done = python(f"import {modules}, sys; print(*sys.modules)")
    assert done.returncode == 0, done.stderr
    assert not {"tensorflow", "keras", "torch", "sklearn"} & set(done.stdout.split())


@pytest.mark.parametrize(("name", "absent"), [("keras", "torch"), ("torch", "tensorflow")])
def test_one_framework_does_not_bring_another(name: str, absent: str, python: Python) -> None:
    """Each engine works in a process where the other framework is never imported."""
    done = python(
        "import adapters, worked_examples, sys; example = worked_examples.load_all()['numpy-dnn/311_1']; "
        f"adapters.load_engine('{name}').evaluate(example, None, 'float64'); sys.exit('{absent}' in sys.modules)"
    )
    assert done.returncode == 0, done.stderr


def test_another_keras_backend_is_refused(python: Python) -> None:
    """Keras on a backend without a true float64 is refused with the reason."""
    done = python("import adapters; adapters.load_engine('keras')", KERAS_BACKEND="torch")
    assert done.stderr.rstrip().endswith(
        "ImportError: KERAS_BACKEND is 'torch', but only 'tensorflow' computes in true float64: "
        "on other backends Keras casts products to float32"
    )


def test_importing_keras_writes_nothing(python: Python) -> None:
    """TensorFlow's start-up messages, which no setting stops, do not reach the terminal."""
    assert python("import adapters; adapters.load_engine('keras')").stderr == ""
