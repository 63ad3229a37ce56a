"""Bad fixtures: one clear error each, with file and key, what was found and what is accepted."""

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('kind = "network"', "kind = ", "not TOML: Invalid value (at line 1, column 8)", id="malformed"),
        pytest.param(
            'bias = ["1"]',
            'bias = ["1", "2"]',
            "network.layers[0]: the kernel has 1 columns but the bias 2 entries",
            id="bias-shape",
        ),
        pytest.param(
            'kernel = [["3"], ["4"]]',
            'kernel = [["3"], ["4", "5"]]',
            "network.layers[0]: rows of different lengths: [1, 2]",
            id="ragged",
        ),
        pytest.param(
            'input = [["2", "3"]]',
            'input = [["2", "3", "4"]]',
            "data: 3 inputs and 1 targets, but the network has 2 and 1",
            id="data-shape",
        ),
        pytest.param(
            'learning_rate = "0.01"',
            'learning_rate = "0.0l"',
            "training.learning_rate: '0.0l' is not a number; accepted: a decimal string such as \"0.05\"",
            id="not-a-number",
        ),
        pytest.param(
            'learning_rate = "0.01"',
            "learning_rate = 0.01",
            'training.learning_rate: 0.01 must be written as a string, "0.01", so that its digits are kept',
            id="float",
        ),
        pytest.param(
            'activation = "identity"',
            'activation = "sigmiod"',
            "network.layers[0].activation: 'sigmiod' is not an activation; accepted: identity, relu, sigmoid, softmax, step, tanh; "
            "did you mean 'sigmoid'?",
            id="unknown-activation",
        ),
        pytest.param(
            "epoch = 65\n",
            "",
            "training.stopping_criterion.epoch: missing; the epoch that the book prints where training stops",
            id="missing-stop-epoch",
        ),
        pytest.param(
            "epoch = 64\n Y = [[26.999]]",
            " Y = [[26.999]]",
            "printed[0].epoch: missing; give epoch = N, or let the text begin with the printed epoch",
            id="missing-printed-epoch",
        ),
        pytest.param("max_epochs = 1000\n", "", "training.max_epochs: missing", id="max-epochs"),
        pytest.param(
            "max_epochs",
            "max_epoch",
            "training: unknown key 'max_epoch'; accepted: batch_size, first_epoch, learning_rate, max_epochs, optimizer, order, "
            "seed, stopping_criterion, trainable; did you mean 'max_epochs'?",
            id="unknown-key",
        ),
        pytest.param(
            'Wb = "gradient of layer 1 kernel"',
            'Wb = "gradient of layer 2 kernel"',
            "printed[0].text: 'Wb' means a layer that the network does not have",
            id="unknown-layer",
        ),
        pytest.param(
            'Wb = "gradient of layer 1 kernel"',
            'Wb = "gradient of the kernel"',
            "names.Wb: 'gradient of the kernel' is not a quantity; accepted: 'epoch', 'loss', 'input', 'target', 'output', "
            "'layer N output', 'layer N kernel', 'layer N bias', 'gradient of ...', '... transposed', '... after update', "
            "'... [i, j]'",
            id="unknown-quantity",
        ),
        pytest.param(
            " Y = [[26.999]]",
            " Z = [[26.999]]",
            "printed[0].text: 'Z' has no entry in [names]; "
            "known: epoch, Y, E, Xb, Wb, Bb, W, B, y, x1b, x2b, w1b, w2b, bb, w1, w2, b",
            id="unknown-name",
        ),
        pytest.param(
            " Y = [[26.999]]",
            " Y = [[26.99g]]",
            "printed[0].text: line 2: '26.99g]]' is neither a name nor a number",
            id="bad-print",
        ),
        pytest.param(
            'kind = "network"',
            'kind = "netwrk"',
            "kind: 'netwrk' is not a kind of example; accepted: architecture, block, calculation, convention, "
            "gradient descent, image network, initializer, network, precision; did you mean 'network'?",
            id="kind",
        ),
        pytest.param(
            'id = "numpy-dnn/313_1"',
            'id = "numpy-dnn/313"',
            "id: 'numpy-dnn/313' does not name the file; expected 'numpy-dnn/313_1'",
            id="wrong-id",
        ),
        pytest.param(
            "passes = 65\n",
            'passes = 65\nfewer_epochs_than = "numpy-dnn/311_1"\n',
            "statements[0]: exactly one of passes, loss_above, fewer_epochs_than must be given",
            id="two-claims",
        ),
        pytest.param(
            'document = "numpy-dnn"',
            'document = "dl-python"',
            "source.document: 'dl-python' is not the folder of the id; expected 'numpy-dnn'",
            id="other-document",
        ),
        pytest.param(
            'id = "numpy-dnn/313_1"',
            'id = "../313_1"',
            "id: '../313_1' is not an id; accepted: FOLDER/FILE, without '.toml', each of at most 100 characters, letters a-z, "
            "digits, '.', '_' and '-', a letter or digit first, no '..'; in FILE also letters A-Z",
            id="path-trick",
        ),
        pytest.param(
            'id = "numpy-dnn/313_1"',
            'file = "elsewhere.toml"\nid = "numpy-dnn/313_1"',
            "unknown key 'file'; accepted: data, errata, id, kind, names, network, notes, printed, provenance, remarks, source, "
            "statements, title, training, unreproducible_results, variants; did you mean 'title'?",
            id="file",
        ),
    ],
)
def test_a_bad_fixture_is_refused_with_file_and_key(
    refusal: Callable[[str, str, str], str], old: str, new: str, message: str
) -> None:
    """The message names the file and the key, says what was found and what is accepted, and offers the nearest word."""
    assert refusal("numpy-dnn/313_1", old, new) == message


def test_an_erratum_that_points_nowhere_is_refused(refusal: Callable[[str, str, str], str]) -> None:
    """An erratum of a block must concern a number of that block."""
    message = refusal("numpy-dnn/312_1", "occurrence = 2", "occurrence = 3")
    assert message.startswith("printed[1].errata: no number 'x2b' at [], occurrence 3; ")
