"""What is printed of a network, refused where it means nothing."""

from collections.abc import Callable

import pytest

from worked_examples import NetworkExample

NAME = "ours/loss-table"
TEST = 'target = [["1"], ["0"]]\n'
WITHOUT = (TEST, "")
SUMMED = 'taken = "before each update, summed over the epoch"'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('[["0.5", "0.5"], ["1", "-0.5"]]', '[["0.5"], ["1"]]', "further_data.test.input: 1 columns, but the network has 2 inputs"),
        (
            TEST,
            'target = [["1"]]\n',
            "further_data.test.target: shape (1, 1); accepted: (2, 1), a row an input and a column an output",
        ),
        (
            "[further_data.test]",
            "[further_data.valid]",
            "quantities.gap: 'E_test' means 'loss for test', but 'test' is not in [further_data]; known: valid",
        ),
        (*WITHOUT, "quantities.gap: 'E_test' means 'loss for test', but 'loss' needs targets; write further_data.test.target"),
        (
            'error = "loss"',
            'error = "lost"',
            "names.error: 'lost' is not a quantity; accepted: 'mae', 'delta', 'right', 'gap', 'epoch', ",
        ),
        (
            'test_mae = "mae for test"',
            'test_mae = "mae for best"',
            "log[1].text: 'test_mae' means 'mae for best after update', but 'best' is not in [further_data]; known: test",
        ),
        (
            'test_mae = "mae for test"',
            'test_mae = "gap for test"',
            "log[1].text: 'test_mae' means 'gap for test after update', but 'E_test' in its formula is of further data already",
        ),
        (
            'test_mae = "mae for test"',
            'test_mae = "mae after update"',
            "log[1].taken: 'test_mae' means 'mae after update' already; remove 'after update', the log says when its "
            "numbers are taken",
        ),
        (
            ">epoch=1, ",
            ">epoch+1=1, ",
            "log[0].text: line 1: '>epoch+1=1, lrate=0.500, error=0.270082, mae=0.894035' is not in the format; ",
        ),
        (
            'format = ">epoch={epoch}',
            'names = { epoch = "loss" }\nformat = ">epoch={epoch}',
            "log[0].every: missing, and line 1 of the text prints no epoch; write every = N, the epochs from row to row",
        ),
        ("every = 5\n", "every = 5\nepoch = 0\n", "log[1].epoch: 0; accepted: the number of an epoch, from 1"),
        ("%d %.5f", "%*d %.5f", "log[1].format: "),
        ('columns = ["epoch", ', 'columns = ["n", ', "log[1].text: 'n' has no entry in [names]; known: epoch, error, lrate, "),
        (
            'right = "before the last update of the epoch"',
            "",
            "log[1].taken: no moment for 'right', which is printed; write right = \"...\" in the table",
        ),
        (
            'test_mae = "after the epoch"',
            'test_mae = "before the last update of the epoch"',
            "log[1].taken: 'test_mae' means 'mae for test, before the last update of the epoch', of further data; "
            "accepted for these: "
            "after the epoch, before the epoch",
        ),
        (
            'where = "console"\n',
            'where = "console"\narithmetic = "rounded chain"\n',
            "printed[0].arithmetic: 'rounded chain' does not carry on 'mae', which is printed; accepted here: exact, "
            "float64, float32",
        ),
        (
            SUMMED,
            f'{SUMMED}\narithmetic = "rounded chain"',
            "log[0].arithmetic: 'rounded chain' does not carry on 'learning rate', which is printed; accepted here: "
            "exact, float64, float32",
        ),
        (">epoch=1, ", ">epoch=0, ", "log[0].text: 'epoch' is printed 0; accepted: the number of an epoch, from 1"),
        (
            SUMMED,
            f'{SUMMED}\nerrata = [{{ number = "E", printed = "1", correct = "2", why = "w", cause = "author", weight = "code" }}]',
            "log[0].errata: no number 'E' at [], occurrence 1; printed there: 'epoch' at [] 4 times, 'lrate' at [] 4 times, ",
        ),
    ],
)
def test_what_means_nothing_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """With the key, what was found and what to write instead."""
    assert refusal(NAME, old, new).startswith(message)


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            '[[log]]\nwhere = "w"\ntaken = "after the epoch"\ntext = "dh = 1"',
            "log[0].taken: of a training, but there is no [training]; write its numbers in [[printed]]",
        ),
        (
            '[quantities]\nq = "2 * learning_rate"',
            "quantities.q: 'learning_rate' means 'learning rate', but there is no [training]",
        ),
    ],
)
def test_without_a_training_there_is_no_log_and_no_learning_rate(refusal: Callable[..., str], new: str, message: str) -> None:
    """Both are of an epoch."""
    assert refusal("ours/deltas", "[[printed]]", f"{new}\n[[printed]]") == message


def test_the_one_batch_of_an_epoch_may_be_shuffled(loaded: Callable[..., NetworkExample]) -> None:
    """What has an entry for each sample is taken in the order of the update; a loss is the same as before the epoch."""
    old, new = "batch_size = 2\norder = [[0, 1, 2], [2, 0, 1]]", 'batch_size = 3\norder = "swap shuffle"\nseed = 1'
    example = loaded(NAME, old, new)
    named = {str(example.quantity(position, item.name)) for position in (1, 2) for item in example.blocks[position].items}
    assert {"mae, before each update, summed over the epoch", "right, before the last update of the epoch", "loss"} <= named
    assert "loss, before each update, summed over the epoch" not in named


def test_data_without_targets_have_outputs(loaded: Callable[..., NetworkExample]) -> None:
    """Nothing that depends on targets is a quantity of them; a formula that does not is."""
    new = '[further_data.new]\ninput = [["1", "2"]]\n[quantities]\ntop = "argmax(output, axis=1)"\n[[printed]]'
    example = loaded(
        "ours/deltas", "[[printed]]", f'{new}\nwhere = "w"\nnames = {{ p = "top for new" }}\ntext = "p = 1"\n[[printed]]'
    )
    assert str(example.quantity(0, "p")) == "top for new"
    assert example.with_data("new").data.pair == ([["1", "2"]], [["0", "0"]])


def test_formulas_of_parameters_need_no_targets(refusal: Callable[..., str], loaded: Callable[..., NetworkExample]) -> None:
    """A parameter is the same for data without targets; its gradient is not."""

    def printed(words: str) -> tuple[str, str]:
        new = f'k = "{words}"\n[further_data.new]\ninput = [["1", "2"]]\n[quantities]\ntop = "sum(output) + sum(k)"\n[[printed]]'
        return "\n[[printed]]", f'{new}\nwhere = "w"\nnames = {{ p = "top for new" }}\ntext = "p = 1"\n[[printed]]'

    assert str(loaded("ours/deltas", *printed("layer 1 kernel")).quantity(0, "p")) == "top for new"
    assert refusal("ours/deltas", *printed("gradient of layer 1 kernel")) == (
        "printed[0].text: 'p' means 'top for new', but 'gradient of layer 1 kernel' needs targets; write further_data.new.target"
    )
