"""Bad fixtures: one clear error each, with file and key, what was found and what is accepted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from worked_examples import FixtureError, load
from worked_examples.loading import ROOT


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
            "network.layers[0].activation: 'sigmiod' is not an activation; accepted: bipolar step, bipolar step at zero, identity, "
            "relu, sigmoid, softmax, step, step at zero, tanh; did you mean 'sigmoid'?",
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
            "training: unknown key 'max_epoch'; accepted: batch_size, epoch_counts, first_epoch, learning_rate, max_epochs, "
            "optimizer, order, rule, seed, stopping_criterion, trainable, weight_decay; did you mean 'max_epochs'?",
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
            "names.Wb: 'gradient of the kernel' is not a quantity; accepted: 'epoch', 'learning rate', 'loss', 'loss per output', "
            "'loss per sample', 'loss without penalty', 'penalty', 'input', 'target', 'output', 'layer N pre-activation', "
            "'layer N output', "
            "'layer N kernel', 'layer N bias', 'layer N recurrent kernel', 'layer N recurrent bias', 'layer N scale', "
            "'layer N offset', 'gradient of ...', 'minus gradient of ...', '... for FURTHER_DATA', '... transposed', "
            "'... after update', '... [i, j]', 'layer N shape', 'depth', 'parameters', 'weights', 'biases', 'connections', 'MACs', "
            "'layer N parameters', 'parameters in thousands', ...",
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
            "kind: 'netwrk' is not a kind of example; accepted: calculation, convention, network; did you mean 'network'?",
            id="kind",
        ),
        pytest.param(
            'id = "numpy-dnn/313_1"',
            'id = "numpy-dnn/313"',
            "id: 'numpy-dnn/313' does not name the file; expected 'numpy-dnn/313_1'",
            id="wrong-id",
        ),
        pytest.param(
            "updates = 65\n",
            'updates = 65\nfewer_epochs_than = "numpy-dnn/311_1"\n',
            "statements[0]: exactly one of updates, passes, loss_above, fewer_epochs_than, trainings must be given",
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
            "unknown key 'file'; accepted: data, errata, further_data, id, kind, layout, log, names, network, notes, printed, "
            "provenance, quantities, recipe, remarks, repairs, seeds, source, statements, title, training, unreproducible_results, "
            "variants; did you mean 'title'?",
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


DECIMALS = 'accepted: a decimal string such as "0.05"'
RANGE = "is out of range; accepted: 0, and from 1e-300 to 1e300, with or without a sign"
KERNEL, PRINT, RATE, EPOCHS = 'kernel = [["3"], ["4"]]', " Y = [[26.999]]", 'learning_rate = "0.01"', "max_epochs = 1000"
BRACKETS = "printed[0].text: line 2: more than 20 brackets in each other; accepted: at most so many"
HOSTILE = [
    (KERNEL, 'kernel = [["３"], ["4"]]', f"network.layers[0].kernel[0][0]: '３' is not a number; {DECIMALS}"),
    (KERNEL, 'kernel = [["٣"], ["4"]]', f"network.layers[0].kernel[0][0]: '٣' is not a number; {DECIMALS}"),
    (KERNEL, 'kernel = [["3\\n"], ["4"]]', f"network.layers[0].kernel[0][0]: '3 ' is not a number; {DECIMALS}"),
    (KERNEL, "kernel = [[true], [1979-05-27]]", f"network.layers[0].kernel[0][0]: 'True' is not a number; {DECIMALS}"),
    (KERNEL, "kernel = [[1979-05-27], [1]]", f"network.layers[0].kernel[0][0]: '1979-05-27' is not a number; {DECIMALS}"),
    (
        KERNEL,
        "kernel = [[nan], [1]]",
        'network.layers[0].kernel[0][0]: nan must be written as a string, "nan", so that its digits ',
    ),
    (KERNEL, 'kernel = [["nan"], ["1"]]', f"network.layers[0].kernel[0][0]: 'nan' is not a number; {DECIMALS}"),
    (KERNEL, 'kernel = [["1e999999999"], ["1"]]', f"network.layers[0].kernel[0][0]: '1e999999999' {RANGE}"),
    (KERNEL, 'kernel = [["0e999999999"], ["1"]]', f"network.layers[0].kernel[0][0]: '0e999999999' {RANGE}"),
    (
        KERNEL,
        f'kernel = [["{9_000 * "1"}x"], ["1"]]',
        "network.layers[0].kernel[0][0]: a number of 9,001 characters; accepted: at most 200",
    ),
    (KERNEL, "kernel = [[], []]", "network.layers[0].kernel[0]: List should have at least 1 item after validation, not 0"),
    (KERNEL, 'kernel = "3"', "network.layers[0].kernel: Input should be a valid list; found '3'"),
    (RATE, 'learning_rate = "1e400"', f"training.learning_rate: '1e400' {RANGE}"),
    (
        EPOCHS,
        "max_epochs = 99999999999999999999",
        "training.max_epochs: Input should be less than or equal to 100000000; found 9999",
    ),
    (EPOCHS, "max_epochs = -1", "training.max_epochs: Input should be greater than or equal to 1; found -1"),
    (EPOCHS, "max_epochs = true", "training.max_epochs: Input should be a valid integer; found True"),
    (EPOCHS, 'max_epochs = "1000"', "training.max_epochs: Input should be a valid integer; found '1000'"),
    (EPOCHS, f"max_epochs = {5_000 * '9'}", "a key or number of 5,000 characters (at line "),
    (EPOCHS, f"max_epochs = 0x{290 * 'f'}", "training.max_epochs: Input should be less than or equal to 100000000"),
    (PRINT, f" Y = {3_000 * '['}", BRACKETS),
    (PRINT, f" Y = {3_000 * '['}1{3_000 * ']'}", BRACKETS),
    (PRINT, f" {5_000 * '['}{5_000 * ']'}", "printed[0].text: line 2: expected name, found '['"),
    (PRINT, " Y = [[26.999", "printed[0].text: line "),
    (PRINT, 50_000 * " Y = 1\n", "printed[0].text: a text of 350,"),
    (PRINT, 10_000 * " Y=1\n", "printed[0].text: 10,0"),
    (PRINT, f" Y = {30_000 * '1'}x", "printed[0].text: line 2: '1111"),
    (PRINT, f" Y = {30_000 * '1'}", "printed[0].text: line 2: a number of 30,000 characters; accepted: at most 200"),
    (PRINT, f" {30_000 * 'Y'} = 1", "printed[0].text: line 2: a name of 30,000 characters; accepted: at most 300"),
    (PRINT, f" Y[{20_000 * '1,'} = 1", "printed[0].text: 20,0"),
    (PRINT, f" Y = {40_000 * '- '}", "printed[0].text: line 2: '-' is neither a name nor a number"),
    (PRINT, " Y = [[２６.９９９]]", "printed[0].text: line 2: '２６.９９９]]' is neither a name nor a number"),
    (PRINT, " Y = 1e-999999999", f"printed[0].text: line 2: '1e-999999999' {RANGE}"),
    (
        PRINT,
        " Y = 1\\u000b",
        "printed[0].text: the character U+000B cannot be shown; accepted: letters, digits, signs, blanks and ",
    ),
    ("epoch = 64\n Y", "epoch = 1.5\n Y", "printed[0].text: 'epoch' is printed 1.5; accepted: the number of an epoch, from 0"),
    ("epoch = 64\n Y", "epoch = -5\n Y", "printed[0].text: 'epoch' is printed -5; accepted: the number of an epoch, from 0"),
    ("epoch = 64\n Y", "epoch = nan\n Y", "printed[0].text: 'epoch' is printed nan; accepted: the number of an epoch, from 0"),
    ("epoch = 64\n Y", f"epoch = {30 * '9'}\n Y", "printed[0].text: 'epoch' is printed 9999"),
    (
        'title = "',
        'title = "\\u0000',
        "title: the character U+0000 cannot be shown; accepted: letters, digits, signs, blanks and new lines",
    ),
    (
        'title = "',
        'title = "\\u202e',
        "title: the character U+202E cannot be shown; accepted: letters, digits, signs, blanks and new lines",
    ),
    ('title = "', 'title = "a\\nb', "title: 'a\\nb"),
    ('title = "', f'title = "{150_000 * "x"}', "title: a text of 150,0"),
    (
        'document = "numpy-dnn"',
        'document = "numpy-dnn/.."',
        "source.document: 'numpy-dnn/..' is not the name of a document; accepted: ",
    ),
    ('id = "numpy-dnn/313_1"', 'id = "numpy-dnn/.."', "id: 'numpy-dnn/..' is not an id; accepted: FOLDER/FILE, "),
    ('id = "numpy-dnn/313_1"', 'id = "a/b/c"', "id: 'a/b/c' is not an id; accepted: FOLDER/FILE, "),
    ('id = "numpy-dnn/313_1"', 'id = "/etc/passwd"', "id: '/etc/passwd' is not an id; accepted: FOLDER/FILE, "),
    ('id = "numpy-dnn/313_1"', 'id = "numpy-dnn/313_1\\n"', "id: 'numpy-dnn/313_1\\n' is not an id; accepted: FOLDER/FILE, "),
    ('id = "numpy-dnn/313_1"', 'id = ["a"]', "id: Input should be a valid string"),
    ('kind = "network"', "kind = { a = 1 }", "kind: '{'a': 1}' is not a kind of example; accepted: calculation, "),
    ('kind = "network"', f'kind = "{90_000 * "n"}"', "kind: 'nnnn"),
    ('kind = "network"', 'kind = "network"\nkind = "network"', "not TOML: Cannot overwrite a value (at line 2, column "),
    (
        'kind = "network"',
        f'{".".join(100_000 * "a")} = 1\nkind = "network"',
        "a key of more than 30 parts (at line 1); accepted: at most 30",
    ),
    (
        'kind = "network"',
        f'a = {100_000 * "["}\nkind = "network"',
        "arrays or tables nested more than 100 deep (at line 1); accepted: ",
    ),
    (
        "[names]",
        f'[names]\n\'{250 * "x"}\\t\' = 1\n"a\\nb" = "output"',
        "names: the key 'a\\nb' cannot be shown in a line; accepted: ",
    ),
    ('Wb = "gradient of layer 1 kernel"', 'Wb = "layer １ kernel"', "names.Wb: 'layer １ kernel' is not a quantity; accepted: "),
    ('Wb = "gradient of layer 1 kernel"', 'Wb = "output [٠]"', "names.Wb: 'output [٠]' is not a quantity; accepted: "),
    (
        'kind = "network"',
        'kind = "network"\nvariants = [{ units = [1000000, 1000000], samples = 1, seed = 1 }]',
        "variants[0].units: 1,000,002,000,000 numbers; accepted: at most 700,000",
    ),
    (
        'kind = "network"',
        'kind = "network"\nvariants = [{ units = [1, -1], samples = 1, seed = 4294967296 }]',
        "variants[0].units[1]: Input should be greater than or equal to 1; found -1",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_fixture_is_refused_in_one_line(
    refusal: Callable[[str, str, str], str], old: str, new: str, message: str
) -> None:
    """Whatever is in the file, it is read within the limits, and the line has a bounded length."""
    found = refusal("numpy-dnn/313_1", old, new)
    assert found.startswith(message)
    assert len(found) < 2_100


CALCULATIONS = [
    ('["-1.5", "2.7"]', '["-1.5", true]', f"inputs.input: 'True' is not a number; {DECIMALS}"),
    ('["-1.5", "2.7"]', '["-1.5", { a = "1" }]', f"inputs.input: '{{'a': '1'}}' is not a number; {DECIMALS}"),
    ('["-1.5", "2.7"]', f"[{80 * '['}{80 * ']'}]", "inputs.input: more than 8 axes; accepted: at most so many"),
    (
        "relu(input)",
        "softmax(input)\\ny = sum(input, axis=99999999999999999999)",
        "steps: line 2: 'sum(input, axis=9999999999999999",
    ),
    ("relu(input)", "assign(input, input, index='99999999999999999999')", "steps: line 1: 'assign(input, input, index='9999999999"),
    (
        "relu(input)",
        "max_pooling(input, 2, padding=9999999999)",
        "steps: line 1: 'max_pooling(input, 2, padding=9999999999)': padd",
    ),
    (
        "relu(input)",
        f"{1_000 * '('}input{1_000 * ')'}",
        "steps: line 1: an expression of 2,015 characters; accepted: at most 2,000",
    ),
    ("relu(input)", f"{150 * '('}input{150 * ')'}\\ny = {150 * '-'}input", "steps: line 2: 'y = -----"),
    (
        "relu(input)",
        "input ** 1e300",
        "steps: line 1: 'forward': 'power' has an exponent of 1e+300; accepted: from -10,000 to 10,000",
    ),
    (
        "relu(input)",
        "__import__('os').system('true')",
        "steps: line 1: '__import__('os').system('true')': no function of an array ",
    ),
    ("relu(input)", "input.__class__.__mro__", "steps: line 1: 'input.__class__.__mro__': accepted attribute: .T; for another "),
    (
        "relu(input)",
        "\\n".join(["relu(input)", *(f"x{i} = relu(input)" for i in range(1_000))]),
        "steps: line 1001: more than 1,000 for",
    ),
    (
        "[inputs]",
        f"[recipe]\ngenerator = 'numpy.random.seed'\nseed = 1\ndraw = 'r = randint(0, 9, {9 * (1,)})'\n[inputs]",
        "recipe.draw: 'r = randint(0, 9, (1, 1, 1, 1, 1, 1, 1, 1, 1))': 9 axes; accepted: at most 8",
    ),
    (
        "[inputs]",
        "[recipe]\ngenerator = 'numpy.random.seed'\nseed = 1\ndraw = 'r = rand(600000, 600000)'\n[inputs]",
        "recipe.draw: 'r = rand(600000, 600000)': 360,000,000,000 numbers; accepted: at most 700,000",
    ),
    ("forward = relu", "for\\tward = relu", "steps: line 1: 'for ward = relu(input)' is not a formula"),
]


@pytest.mark.parametrize(("old", "new", "message"), CALCULATIONS, ids=range(len(CALCULATIONS)))
def test_a_hostile_calculation_is_refused_in_one_line(
    refusal: Callable[[str, str, str], str], old: str, new: str, message: str
) -> None:
    """Nothing is made or computed beyond the limits."""
    assert refusal("dl-python/relu-layer", old, new).startswith(message)


@pytest.mark.parametrize(
    ("correct", "found"), [("abc", "abc"), ("1e999999999", "1e999999999"), ("１", "１"), ("[1]", "[1]"), ("", "")]
)
def test_a_correction_that_is_no_number_is_refused(refusal: Callable[[str, str, str], str], correct: str, found: str) -> None:
    """It would be judged against the exact value."""
    message = refusal("dl-python/softmax", 'correct = "0.21"', f'correct = "{correct}"')
    assert message.endswith(f".errata: correct: '{found}' is not a number; accepted: a decimal string")


def test_a_corrected_label_must_mean_something(refusal: Callable[[str, str, str], str]) -> None:
    """The number is judged by the quantity that it names."""
    message = refusal("numpy-dnn/312_1", 'correct = "x3b"', 'correct = "x9b"')
    assert message.startswith("printed[1].errata: correct: 'x9b' has no entry in [names]; known: ")


UNDEFINED = [
    ("a / b", {"a": "0", "b": "0"}, "'divide' of these operands is not a number; write others"),
    ("log(a)", {"a": "-1"}, "'log' of these operands is not a number; write others"),
    ("a + b", {"a": '["1", "2"]', "b": '["1", "2", "3"]'}, "cannot be computed as 'add' of a (2,), b (3,): operands could not be "),
    ("arange(0, 1, -1)", {"a": "0"}, "has no entries: shape (0,); write operands that make some"),
    ("arange(1e12)", {"a": "0"}, "'arange' would make 1,000,000,000,000 numbers; accepted: at most 1,000,000"),
    ("max(a)", {"a": "[]"}, "an empty list; accepted: a decimal string, or lists of them"),
]


@pytest.mark.parametrize(("formula", "inputs", "message"), UNDEFINED, ids=range(len(UNDEFINED)))
def test_a_step_without_a_value_is_refused(tmp_path: Path, formula: str, inputs: dict[str, str], message: str) -> None:
    """The message names the step, the function and the reason."""
    given = ", ".join(f"{name} = {text}" if text.startswith("[") else f'{name} = "{text}"' for name, text in inputs.items())
    head = 'kind = "calculation"\nid = "a/b"\ntitle = "t"\nprovenance = "ours"\nsource = { document = "a", section = "s" }\n'
    file = tmp_path / "a" / "b.toml"
    file.parent.mkdir()
    file.write_text(f"{head}inputs = {{ {given} }}\nsteps = 'y = {formula}'\n", encoding="utf-8")
    with pytest.raises(FixtureError) as caught:
        load(file)
    assert str(caught.value).startswith((f"{file}: steps: line 1: 'y'", f"{file}: inputs.a: "))
    assert message in str(caught.value)


def test_an_overflow_that_a_book_shows_is_accepted() -> None:
    """The naive softmax of large scores is not a number in float64, and the page says so."""
    assert load(ROOT / "dl-python" / "softmax.toml").id == "dl-python/softmax"
