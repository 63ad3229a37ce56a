"""The training of an example and the moments of its results, read from its fixture; what seeds cannot train is refused."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from verification.seeds.setups import AT_STOP, Moment, Setup, label, setup_of
from worked_examples import FixtureError, NetworkExample
from worked_examples.loading import ROOT, load


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[str, str, str], str]:
    """What is said of an example in whose fixture a text is replaced, without the file's name."""

    def message(name: str, old: str, new: str) -> str:
        text = (ROOT / f"{name}.toml").read_text(encoding="utf-8")
        assert old in text
        file = tmp_path / f"{name}.toml"
        file.parent.mkdir()
        file.write_text(text.replace(old, new), encoding="utf-8")
        example = load(file)
        assert isinstance(example, NetworkExample)
        with pytest.raises(FixtureError) as raised:
            setup_of(example)
        assert str(raised.value).startswith(f"{file}: ")
        return str(raised.value).removeprefix(f"{file}: ")

    return message


def test_a_setup_is_the_fixture(one_sample: Setup) -> None:
    """Names of the parameters, activations, loss, data, order and moments of 321_1."""
    assert (one_sample.kernels, one_sample.biases) == (("W1", "W2"), ("B1", "B2"))
    assert (one_sample.activations, one_sample.loss) == (("relu", "sigmoid"), "half squared error")
    assert np.array_equal(one_sample.inputs, [[1, 1, 0, 1, 1, 0, 1]])
    assert np.array_equal(one_sample.targets, [[0, 0, 1, 0]])
    assert (one_sample.order, one_sample.batch_size) == ("sequential", 1)
    assert one_sample.moments == (Moment(1, after_update=False), AT_STOP)
    assert [label(moment, one_sample.training) for moment in one_sample.moments] == ["epoch 1", "at the stop"]


def test_the_order_of_the_seeds_can_be_another(xor: Setup) -> None:
    """The fixture runs a swap shuffle with a seed, the seeds what the page's program does."""
    assert (xor.training.order, xor.order) == ("swap shuffle", "permutation")
    assert xor.moments == tuple(Moment(number, after_update=True) for number in (3000, 2000, 1000))


def test_a_full_batch_has_all_samples(swap_shuffled: Setup, shortened: Callable[..., Setup]) -> None:
    """An update sees one sample, or all."""
    assert swap_shuffled.batch_size == 1
    assert shortened(swap_shuffled, batch_size="full").batch_size == 10


WITHOUT_STOP = '\n[training.stopping_criterion]\nloss_below = "0.0001"\n'
PRINTED_BIAS = 'bias = ["0", "0", "0", "0"], activation = "sigmoid"'


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "numpy-dnn/321_1",
            'bias = "B2", activation = "sigmoid"',
            PRINTED_BIAS,
            'network.layers[1].bias: printed numbers; every parameter is drawn for many seeds, zeros too: draw "B1 = zeros(4)"',
        ),
        (
            "numpy-dnn/321_1",
            WITHOUT_STOP,
            "",
            "unreproducible_results[1].at_stop: needs a stopping criterion, and numbers of before the update",
        ),
        (
            "numpy-dnn/321_1",
            'output = "output"',
            'output = "output after update"',
            "unreproducible_results[0].text: some numbers are of before an update and some of after it; write two blocks",
        ),
        (
            "numpy-dnn/321_1",
            "epoch = 1\nError",
            "epoch = 0\nError",
            "unreproducible_results[0].epoch: not in the training; accepted: from 1 to 1,000,000",
        ),
        (
            "numpy-dnn/322_1",
            "epoch = 10000\n",
            "",
            "unreproducible_results[0].epoch: missing; give epoch = N, or at_stop = true",
        ),
        (
            "numpy-dnn/322_1",
            "epoch = 10000\n",
            "epoch = 10001\n",
            "unreproducible_results[0].epoch: not in the training; accepted: from 1 to 10,000",
        ),
        (
            "numpy-dnn/322_1",
            'T = "target"',
            'T = "layer 1 output"',
            "unreproducible_results[0].text: 'T' (layer 1 output) gets no percentile; accepted: output, loss, epoch, target",
        ),
        (
            "numpy-dnn/322_1",
            "[training]\n",
            '[training]\nrule = "updated weights"\n',
            "training.rule: seeds are trained by gradient descent alone",
        ),
        (
            "numpy-dnn/322_1",
            'loss = "half squared error"',
            'loss = "half squared error"\npenalty = { l2 = "0.1" }',
            "network.penalty: seeds are trained without one",
        ),
        (
            "numpy-dnn/322_1",
            'loss = "half squared error"',
            'loss = "half squared error"\noutput_reduction = "mean"',
            "network.output_reduction: seeds are trained with losses summed over outputs",
        ),
        (
            "backprop-notes/xor-sequential",
            " [0.08085   ]]",
            "]",
            "unreproducible_results[0].text: 'outputs' has shape (3, 1); accepted: (4, 1), that of the targets",
        ),
    ],
)
def test_what_seeds_cannot_train_is_refused(
    name: str, old: str, new: str, message: str, refused: Callable[[str, str, str], str]
) -> None:
    """One line with the key, and what is accepted."""
    assert refused(name, old, new) == message


def test_an_example_without_unreproducible_results_is_refused(network: Callable[[str], NetworkExample]) -> None:
    """There is nothing to compare with the seeds."""
    with pytest.raises(FixtureError) as raised:
        setup_of(network("numpy-dnn/311_1"))
    assert str(raised.value).endswith(
        "311_1.toml: seeds: no training with unreproducible results; write [training] and [[unreproducible_results]]"
    )


def test_an_example_without_a_recipe_is_refused(network: Callable[[str], NetworkExample]) -> None:
    """Nothing of it is drawn."""
    example = network("numpy-dnn/321_1").model_copy(update={"recipe": None})
    with pytest.raises(FixtureError) as raised:
        setup_of(example)
    assert str(raised.value).endswith("321_1.toml: recipe: missing; seeds need the statements that draw the parameters")
