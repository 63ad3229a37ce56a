"""Printed numbers of a network: judged at their epoch, where training gets there."""

from collections.abc import Callable

import pytest

from verification.records import Findings, Outcome
from verification.verdicts.verdict import Verdict
from worked_examples import NetworkExample
from worked_examples.printed.moments import LAST, SUMMED
from worked_examples.schema.errata import NumberErratum
from worked_examples.schema.log import LogBlock

Judged = Callable[..., Findings]


def printed(example: NetworkExample, old: str, new: str) -> NetworkExample:
    """The example with another text in its first block."""
    first, *others = example.printed
    assert old in first.text
    return example.model_copy(update={"printed": [first.model_copy(update={"text": first.text.replace(old, new, 1)}), *others]})


@pytest.fixture
def example(network: Callable[[str], NetworkExample]) -> NetworkExample:
    """311_1, whose print is right."""
    return network("numpy-dnn/311_1")


def test_every_printed_number_has_its_epoch(example: NetworkExample, judged: Judged) -> None:
    """As the book counts; printed epochs are claims, too."""
    findings = judged("printed", example)
    assert findings.outcome is Outcome.PASSED
    assert findings.printed_numbers
    assert {number.verdict for number in findings.printed_numbers} == {Verdict.CONFIRMED}
    assert {number.epoch for number in findings.printed_numbers} == {78, 79}
    assert [number.printed for number in findings.printed_numbers if number.name == "epoch"] == ["78", "79", "78", "79"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "1.571 -2.286",
            "1.572 -2.286",
            "B[0, 0] (layer 1 bias after update [0, 0]) at epoch 78, console of 311_1.py: printed 1.572, ",
        ),
        ("-0.002 -0.004", "-0.002 0.004", "Xb[0, 1] (gradient of input [0, 1]) at epoch 78, console of 311_1.py: printed 0.004, "),
        ("E = 0.0000001\n Xb", "E = 0.0000002\n Xb", "should read 0.0000001"),
    ],
)
def test_a_wrong_number_is_told_with_its_place(old: str, new: str, line: str, example: NetworkExample, judged: Judged) -> None:
    """Name, quantity, epoch, block, and what it should read."""
    (problem,) = judged("printed", printed(example, old, new)).problems
    assert line in problem


def test_without_training_no_epoch_is_told(network: Callable[[str], NetworkExample], judged: Judged) -> None:
    """A number of a network that is not trained has its block alone as its place."""
    (problem,) = judged("printed", printed(network("numpy-dnn/matrix-2x2"), "y1 = 19", "y1 = 18")).problems
    assert problem.startswith("y1 (output [0, 0]), the forward pass in numbers, as matrices and written out: printed 18, ")


def test_the_epoch_is_told_as_the_book_counts(example: NetworkExample, judged: Judged) -> None:
    """Where the first epoch has number 1, the place of a number has the printed epoch."""
    assert example.training
    criterion = example.training.stopping_criterion
    assert criterion
    counted = example.training.model_copy(
        update={"first_epoch": 1, "stopping_criterion": criterion.model_copy(update={"epoch": 80})}
    )
    text = example.printed[0].text.replace("epoch = 79", "epoch = 80").replace("epoch = 78", "epoch = 79").replace("1.571", "1.572")
    block = example.printed[0].model_copy(update={"text": text})
    (problem,) = judged("printed", example.model_copy(update={"training": counted, "printed": [block]})).problems
    assert problem.startswith("B[0, 0] (layer 1 bias after update [0, 0]) at epoch 79, ")


def test_a_number_beyond_the_end_of_training_is_wrong(example: NetworkExample, judged: Judged) -> None:
    """The epoch and what is printed of it; after the last update nothing is known."""
    findings = judged("printed", printed(example, "epoch = 79", "epoch = 90"))
    assert any("epoch" in line and "training ends at epoch 79, before the printed 90" in line for line in findings.problems)
    assert any(line.endswith("but training ends before epoch 90") for line in findings.problems)
    assert Verdict.WRONG in {number.verdict for number in findings.printed_numbers or []}


def test_without_a_certificate_the_engine_s_own_number_judges(example: NetworkExample, judged: Judged) -> None:
    """Another learning rate has no certified file: the print is then wrong by the computed value."""
    assert example.training
    other = example.model_copy(update={"training": example.training.model_copy(update={"learning_rate": "0.02"})})
    problems = judged("printed", other).problems
    assert any("computed " in line or "training ends" in line for line in problems)
    assert not any("certified " in line for line in problems)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "error=0.243008",
            "error=0.243009",
            "error (loss, before each update, summed over the epoch) at epoch 2, console of the training: ",
        ),
        (
            "mae=0.380680",
            "mae=0.380681",
            "mae (mae, before each update, summed over the epoch) at epoch 10, console of the training: ",
        ),
        ("lrate=0.417", "lrate=0.416", "lrate (learning rate) at epoch 3, console of the training: printed 0.416, "),
        (
            " 5 0.06885",
            " 5 0.06884",
            "error (loss, before each update, averaged over the epoch) at epoch 5, table below the console: ",
        ),
        ("0.48297", "0.48298", "test_mae (mae for test after update) at epoch 5, table below the console: printed 0.48298, "),
        ("0.43451 1.0", "0.43451 0.0", "right (right, before the last update of the epoch) at epoch 10, table below the console: "),
        (
            "\n10 0.02807",
            "\n11 0.02807",
            "epoch (epoch) at epoch 10, table below the console: printed 11, the epoch of its row, 10 (exact)",
        ),
        ("0.157417716", "0.157417717", "gap (gap) at epoch 10, console: printed 0.157417717, "),
        ("[-0.040953905]", "[-0.040953906]", "delta[1, 0] (delta [1, 0]) at epoch 10, console: printed -0.040953906, "),
        ("[0.507044703]", "[0.507044704]", "Y_test[1, 0] (output for test after update [1, 0]) at epoch 10, console: printed "),
    ],
)
def test_one_unit_in_the_last_place_of_a_log_is_told(
    old: str, new: str, line: str, loaded: Callable[[str, str, str], NetworkExample], judged: Judged
) -> None:
    """Of what is summed over an epoch, of formulas, further data, and the epoch of a row."""
    (problem,) = judged("printed", loaded("ours/loss-table", old, new)).problems
    assert problem.startswith(line)


def test_an_erratum_of_a_log_row_is_one(network: Callable[[str], NetworkExample], judged: Judged) -> None:
    """It points into its block; the number stays wrong, and the run passes."""
    example = network("ours/loss-table")
    erratum = NumberErratum(
        number="error", occurrence=2, printed="0.243009", correct="0.243008", why="w", cause="author", weight="result"
    )
    text = example.log[0].text.replace("0.243008", "0.243009")
    log = example.log[0].model_copy(update={"text": text, "errata": [erratum]})
    findings = judged("printed", example.model_copy(update={"log": [log, *example.log[1:]]}))
    assert findings.problems == []
    assert [number.erratum for number in findings.printed_numbers or [] if number.printed == "0.243009"] == ["number"]


def test_a_formula_that_an_engine_lacks_is_not_judged_there(
    loaded: Callable[[str, str, str], NetworkExample], judged: Judged
) -> None:
    """With the reason; PyTorch has no slices with a negative step."""
    example = loaded("ours/loss-table", 'delta = "-d"', 'delta = "-d[::-1][::-1]"')
    findings = judged("printed", example, "torch")
    assert (findings.outcome, findings.n_unsupported) == (Outcome.PASSED, 3)
    assert findings.notes[0] == "delta[0, 0] (delta [0, 0]) at epoch 10, console not judged: no slices with a negative step"
    assert judged("printed", example).problems == []


FIT = """
Epoch 1/10
2/2 [==============================] - 0s 2ms/step - loss: 0.1106 - val_loss: 0.2816
Epoch 2/10
2/2 [==============================] - 0s 2ms/step - loss: 0.1556 - val_loss: 0.2576
"""


def test_the_log_that_fit_prints_is_judged(network: Callable[[str], NetworkExample], judged: Judged) -> None:
    """The loss is a mean over samples, each batch before its own update; that of further data is taken after the epoch."""
    example, names = network("ours/loss-table"), {"loss": "loss", "val_loss": "loss for test"}

    def problems(over: str) -> list[str]:
        taken = {"loss": f"before each update, averaged over the {over}", "val_loss": "after the epoch"}
        log = LogBlock.model_validate({"where": "console", "text": FIT, "names": names, "taken": taken})
        return judged("printed", example.model_copy(update={"printed": [], "log": [log]})).problems

    assert problems("samples of the epoch") == []
    assert [line.partition(", certified")[0] for line in problems("epoch")] == [
        "loss (loss, before each update, averaged over the epoch) at epoch 1, console: printed 0.1106",
        "loss (loss, before each update, averaged over the epoch) at epoch 2, console: printed 0.1556",
    ]


UPDATES = """
kind = "network"
network = { loss = "half squared error", layers = [{ kernel = [["1"]], bias = "none", activation = "identity" }] }
data = { input = [["1"], ["2"]], target = [["0"], ["0"]] }
names = { w = "layer 1 kernel [0, 0]", E = "loss" }

[training]
optimizer = "gradient descent"
learning_rate = "0.1"
max_epochs = 3
batch_size = 1
epoch_counts = "updates"
first_epoch = 1

[[printed]]
where = "console"
text = '''
epoch = 2, w = 0.9
epoch = 3, w = 0.54
epoch = 4, w = 0.486
'''

[[log]]
where = "console"
taken = "before each update, summed over the epoch"
text = '''
epoch = 1, E = 0.5
epoch = 2, E = 1.62
epoch = 3, E = 0.1458
'''
"""


@pytest.mark.parametrize(("old", "new"), [("", ""), ("0.486", "0.487"), ("1.62", "1.8"), ("0.1458", "0.7290")])
def test_where_epochs_are_updates_numbers_are_those_of_each_update(
    old: str, new: str, written: Callable[[str], NetworkExample], judged: Judged
) -> None:
    """1 (1 - 0.1), 0.9 (1 - 0.4), 0.54 (1 - 0.1), and 1^2 / 2, (2 * 0.9)^2 / 2, 0.54^2 / 2, each loss before its update."""
    findings = judged("printed", written(UPDATES.replace(old, new)))
    wrong = [number.printed for number in findings.printed_numbers or [] if number.verdict is not Verdict.CONFIRMED]
    assert wrong == ([new] if new else [])


SHUFFLED = """
kind = "network"
network = { loss = "half squared error", layers = [{ kernel = [["1"]], bias = "none", activation = "identity" }] }
data = { input = [["1"], ["2"], ["3"]], target = [["0"], ["0"], ["0"]] }
training = { optimizer = "gradient descent", learning_rate = "0.1", max_epochs = 2, ORDER }
names = { E = "loss", last = "loss", y = "output", x = "input" }
quantities = { first = "output[0, 0]" }

[[log]]
where = "console"
every = 1
taken = { E = "SUMMED", first = "SUMMED", last = "LAST", x = "LAST", y = "LAST" }
text = "TEXT"
""".replace("SUMMED", SUMMED).replace("LAST", LAST)
BY_HAND = {
    (1, True): "E = 4.5218, last = 0.0018, first = 3.26, x = [[1]], y = [[0.06]]",
    (2, True): "E = 6.545, last = 0.045, first = 2.7, x = [[1]], y = [[-0.3]]",
    (3, True): "E = 7, last = 7, first = 3, x = [[3] [2] [1]], y = [[3] [2] [1]]",
    (1, False): "E = 3.4322, last = 1.3122, first = 4.42, x = [[3]], y = [[1.62]]",
    (2, False): "E = 3.625, last = 1.125, first = 2.5, x = [[3]], y = [[1.5]]",
    (3, False): "E = 7, last = 7, first = 1, x = [[1] [2] [3]], y = [[1] [2] [3]]",
}
"""The first epoch of y = w x from w = 1 against 0, w = w - 0.1 w x^2: by the batch size, the samples 3, 2, 1 or 1, 2, 3."""
ORDERS = {
    'order = "permutation", seed = 0': True,
    'order = "swap shuffle", seed = 4': True,
    "order = [[2, 1, 0]]": True,
    'order = "sequential"': False,
}


@pytest.mark.parametrize(
    ("batch_size", "order", "engine"),
    [
        *((batch_size, order, "reference") for batch_size in (1, 2, 3) for order in ORDERS),
        *((batch_size, next(iter(ORDERS)), engine) for batch_size in (2, 3) for engine in ("keras", "torch")),
    ],
)
def test_the_updates_of_an_epoch_see_their_samples(
    batch_size: int, order: str, engine: str, written: Callable[[str], NetworkExample], judged: Judged
) -> None:
    """In the order that is given or drawn: sums within the epoch, and what the last update sees, one by one or in batches."""
    right, other = (BY_HAND[batch_size, is_shuffled] for is_shuffled in (ORDERS[order], not ORDERS[order]))
    text = SHUFFLED.replace("ORDER", f"{order}, batch_size = {batch_size}")
    findings = judged("printed", written(text.replace("TEXT", right)), engine)
    assert (findings.problems, {number.verdict for number in findings.printed_numbers or []}) == ([], {Verdict.CONFIRMED})
    assert len(judged("printed", written(text.replace("TEXT", other)), engine).problems) >= 4


ROOT = """
kind = "network"
network = { loss = "half squared error", layers = [{ kernel = [["1"]], bias = "none", activation = "identity" }] }
data = { input = [["1"]], target = [["3"]] }
training = { optimizer = "gradient descent", learning_rate = "0.5", max_epochs = 3 }
quantities = { root = "sqrt(output - 1.5)" }

[[printed]]
where = "console"
text = "epoch = EPOCH, root = 0.7071"
"""


def test_a_formula_needs_a_value_where_it_is_printed(written: Callable[[str], NetworkExample], judged: Judged) -> None:
    """The output is 1, 2, 2.5: at epoch 0 there is no root, and whoever prints one is told; at epoch 1 it is that of 1/2."""
    for check in ("outputs", "printed"):
        assert judged(check, written(ROOT.replace("EPOCH", "1"))).problems == []
    never = ROOT.replace("sqrt(output - 1.5)", "log(output - output - 1)")
    assert judged("printed", written(never.replace("EPOCH", "1"))).outcome is Outcome.FAILED
    (line,) = judged("printed", written(ROOT.replace("EPOCH", "0"))).problems
    assert line.endswith("quantities.root: 'root': 'sqrt' of these operands is not a number; write others")
