"""Networks without data, and printed sizes of any network."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from worked_examples import FixtureError, SizedNetworkExample, load

LAYERS = (
    '{name = "image", type = "reshape", shape = [1, 2, 2]}, {name = "conv", type = "convolution", filters = 3, kernel_size = 2}'
)
HEAD = 'kind = "network"\n%s\n[network]\nlayers = [' + LAYERS + "]\n"
BLOCK = "[[printed]]\nwhere = 'here'\ntext = '''\n%s\n'''\n"


@pytest.fixture
def sized(written: Callable[[str], Any]) -> Callable[..., SizedNetworkExample]:
    """``sized(text, more)``: a small network that prints this text."""
    return lambda text, more="": written(HEAD % more + (BLOCK % text if text else ""))


def test_a_network_without_data_or_loss_only_has_sizes(sized: Callable[..., SizedNetworkExample]) -> None:
    """The first layer says how many inputs there are."""
    example = sized("depth = 1")
    assert isinstance(example, SizedNetworkExample)
    assert (example.inputs, [count.parameters for count in example.counts]) == (4, [0, 15])


@pytest.mark.parametrize(
    ("name", "more", "words"),
    [
        ("conv.shape = (3, 1, 1)", "", "layer 2 shape"),
        ("conv_weights_K = 0.012", "", "layer 2 weights in thousands"),
        ("total_parameters = 15", "", "parameters"),
        ("P = 15", "names = { P = 'layer 2 parameters' }", "layer 2 parameters"),
        ("C = 1", "names = { C = 'layer 2 shape [2]' }", "layer 2 shape [2]"),
        ("depth = 12", "names = { depth = 'MACs' }", "MACs"),
    ],
)
def test_a_printed_size_is_named_by_its_words_or_by_itself(
    sized: Callable[..., SizedNetworkExample], name: str, more: str, words: str
) -> None:
    """``[names]`` come first."""
    assert str(sized(name, more).quantity(0, name.partition(" ")[0])) == words


@pytest.mark.parametrize(
    ("text", "more", "message"),
    [
        ("E = 1", "", "printed[0].text: 'E' has no entry in [names]; known: epoch"),
        ("E = 1", "names = { E = 'loss' }", "printed[0].text: 'E' means 'loss', for which there is no [data]"),
        ("epoch = 1", "", "printed[0].text: 'epoch' means 'epoch', for which there is no [data]"),
        (
            "con_weights = 1",
            "",
            "printed[0].text: 'con_weights' has no entry in [names], and 'con' is no layer; accepted: conv, image; "
            "did you mean 'conv'?",
        ),
        ("W = 1", "names = { W = 'layer 3 weights' }", "printed[0].text: 'W' means a layer that the network does not have"),
        (
            "conv.shape = (3, 1, 1, 1)",
            "",
            "printed[0].text: 'conv.shape' has 3 axes; accepted: a list of so many whole numbers or fewer",
        ),
        ("conv.shape = 3", "", "printed[0].text: 'conv.shape' has 3 axes; accepted: a list of so many whole numbers or fewer"),
        ("depth = [1]", "", "printed[0].text: 'depth' is one number; accepted: that number without brackets"),
        (
            "S = 1",
            "names = { S = 'layer 2 shape [3]' }",
            "printed[0].text: 'S' means 'layer 2 shape [3]', but there are 3 axes",
        ),
        (
            "",
            "[training]\nmax_epochs = 1",
            "training: of a network with data, but there is no [data] and no loss; write these, or remove it",
        ),
        (
            "",
            "quantities = { a = '1' }",
            "quantities: of a network with data, but there is no [data] and no loss; write these, or remove it",
        ),
    ],
)
def test_what_is_no_size_of_the_network_is_refused(
    sized: Callable[..., SizedNetworkExample], text: str, more: str, message: str
) -> None:
    """With file and key, and what is accepted."""
    with pytest.raises(FixtureError) as caught:
        sized(text, more)
    assert str(caught.value).partition("1.toml: ")[2] == message


@pytest.mark.parametrize("arithmetic", ["float64", "float32", "rounded chain"])
def test_sizes_are_exact(written: Callable[[str], Any], arithmetic: str) -> None:
    """They are whole numbers, which no arithmetic rounds."""
    with pytest.raises(FixtureError) as caught:
        written(HEAD % "" + BLOCK.replace("text", f"arithmetic = '{arithmetic}'\ntext") % "depth = 1")
    message = f"printed[0].arithmetic: '{arithmetic}'; accepted in an example of this kind: exact"
    assert str(caught.value).partition("1.toml: ")[2] == message


PRINTED = '[[printed]]\nwhere = "here"\n%s\ntext = "P = 6, D = 1"\n\n[[printed]]'
LOG = '[[log]]\nwhere = "console"\ntaken = "before the epoch"\nevery = 1\ntext = "P = 6"\n\n[[printed]]'
NAMES = '[names]\nP = "layer 1 parameters"\nD = "depth"\n'


@pytest.fixture
def with_sizes(changed: Callable[[str, str, str], Path]) -> Callable[[str, str], Any]:
    """A trained network of ours whose first block prints sizes, with these names."""

    def read(block: str, names: str) -> Any:
        file = changed("numpy-dnn/311_1", "[[printed]]", block)
        file.write_text(file.read_text(encoding="utf-8").replace("[names]\n", names), encoding="utf-8")
        return load(file)

    return read


def test_sizes_of_a_training_have_no_epoch(with_sizes: Callable[[str, str], Any]) -> None:
    """They are the same at every epoch; the other blocks keep theirs."""
    example = with_sizes(PRINTED % "", NAMES)
    assert [str(example.quantity(0, name)) for name in "PD"] == ["layer 1 parameters", "depth"]
    assert not example.has_only_sizes(1)


@pytest.mark.parametrize(
    ("block", "names", "message"),
    [
        (
            PRINTED % 'arithmetic = "float32"',
            NAMES,
            "printed[0].arithmetic: 'float32', but 'P' means 'layer 1 parameters', a whole number; accepted here: exact",
        ),
        (
            PRINTED % 'arithmetic = "rounded chain"',
            NAMES,
            "printed[0].arithmetic: 'rounded chain', but 'P' means 'layer 1 parameters', a whole number; accepted here: exact",
        ),
        (PRINTED % "", NAMES.replace("1 p", "2 p"), "printed[0].text: 'P' means a layer that the network does not have"),
        (
            PRINTED % "",
            NAMES.replace("depth", "layer 1 shape"),
            "printed[0].text: 'D' has 1 axes; accepted: a list of so many whole numbers or fewer",
        ),
        (
            PRINTED % "",
            '[quantities]\nf = "2 * n"\n\n' + NAMES + 'n = "parameters"\n',
            "quantities.f: 'n' means 'parameters', a size; accepted in formulas: what is computed from data",
        ),
        (LOG, NAMES, "log[0].text: 'P' means 'layer 1 parameters', the same in every row; write it in [[printed]]"),
    ],
)
def test_sizes_of_a_training_are_whole_numbers_of_its_layers(
    with_sizes: Callable[[str, str], Any], block: str, names: str, message: str
) -> None:
    """With file and key, and what is accepted."""
    with pytest.raises(FixtureError) as caught:
        with_sizes(block, names)
    assert str(caught.value).partition("311_1.toml: ")[2] == message
