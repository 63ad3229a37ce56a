"""The page's own images: what is said where they are damaged, and what the notes say of the sigmoid."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from verification.images.image_data import scaled

from adapters.reference.engine import Engine
from adapters.reference.minibatch import EagerMinibatchTrainer
from reference.activations import ACTIVATIONS, Activation, sigmoid, sigmoid_backward, sigmoid_logaddexp
from reference.network import forward
from verification.images.inference import predictions, pretrained_parameters
from worked_examples import ImageExample, load_all
from worked_examples.errors import MissingDataError
from worked_examples.loading import ROOT

INFERENCE = "study-notes/mnist-inference"
RAW, SCALED = "test, raw, in batches of 100", "test, scaled, in batches of 100"


def inference() -> ImageExample:
    """The notes' example; skipped where its data are not there."""
    example = load_all(ROOT / "study-notes")[INFERENCE]
    assert isinstance(example, ImageExample)
    try:
        pretrained_parameters(example)
        scaled("mnist", "test", "1")
    except MissingDataError as error:
        pytest.skip(f"data not available: {error}")
    return example


def test_a_damaged_file_is_one_clear_error(tmp_path: Path) -> None:
    """A run with a truncated file ends before anything is asked, with the file, what was found and what was expected."""
    folder = tmp_path / "mnist"
    folder.mkdir()
    for name in ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"):
        (folder / f"{name}-ubyte.gz").write_bytes(b"too short")
    command = [sys.executable, "-m", "pytest", "-q", "tests/test_examples.py", f"--data={tmp_path}", "--engines=reference"]
    example = f"--examples=fixtures/{INFERENCE}.toml"
    done = subprocess.run([*command, example], cwd=ROOT.parent, capture_output=True, text=True, check=False)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith(f"ERROR: {folder / 'train-images-idx3-ubyte.gz'}: ")
    assert "9 bytes" in line
    assert "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609" in line


def test_both_forms_of_the_sigmoid_are_one_function() -> None:
    """``exp(-logaddexp(0, -x))`` is the sigmoid to a few units in the last place, wherever ``exp(-x)`` does not overflow.

    Both take at most five roundings of relative size 2^-53, and ``exp`` turns the absolute error of its argument, at most 2^-53
    times the argument, into a relative one.
    """
    x = np.linspace(-700, 700, 2801)
    error = (8 + 2 * np.abs(x)) * 2.0**-53
    assert np.all(np.abs(sigmoid_logaddexp(x) / sigmoid(x) - 1) <= error)


def test_only_the_plain_form_of_the_sigmoid_overflows() -> None:
    """At the raw images' smallest sum, -3511, exp(3511) is no float64; the other form gives 0 without a warning."""
    with np.errstate(all="raise"), pytest.raises(FloatingPointError, match="overflow"):
        sigmoid(np.array([-3511.0]))
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert sigmoid_logaddexp(np.array([-3511.0])) == 0


def test_raw_images_overflow_and_scaled_ones_do_not() -> None:
    """The notes' warning says that they ask of raw pixels: only these make the sigmoid overflow."""
    example = inference()
    trainer = EagerMinibatchTrainer(example, pretrained_parameters(example), "float64")
    with np.errstate(over="raise"):
        forward(trainer.design, trainer.layers, scaled("mnist", "test", "255").x)
        with pytest.raises(FloatingPointError, match="overflow encountered in exp"):
            forward(trainer.design, trainer.layers, scaled("mnist", "test", "1").x)


def test_the_other_form_of_the_sigmoid_recognises_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """With ``exp(-logaddexp(0, -x))`` the net recognises 9,207 raw and 9,352 scaled images, as with the plain form."""
    example = inference()
    plain = predictions(example, "reference")
    monkeypatch.setitem(ACTIVATIONS, "sigmoid", Activation(sigmoid_logaddexp, sigmoid_backward))
    trainer = Engine().minibatch_trainer(example, pretrained_parameters(example), "float64", compiled=False)
    for name, divisor, count in ((RAW, "1", 9207), (SCALED, "255", 9352)):
        samples = scaled("mnist", "test", divisor)
        n_correct = int((trainer.outputs(samples.x, 100).argmax(axis=1) == samples.labels).sum())
        assert n_correct == plain[name].n_correct == count
