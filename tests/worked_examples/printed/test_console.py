"""Lines of consoles: what a terminal shows, without prompts, and progress bars as their metrics."""

import pytest

from worked_examples.printed.console import Line, PrintedError, lines, metrics, visible
from worked_examples.printed.parser import parse

KERAS_2 = """
Epoch 1/2
4/4 [==============================] - 0s 2ms/step - loss: 0.7251 - accuracy: 0.5000 - val_loss: 0.6931
Epoch 2/2
4/4 [==============================] - 1s 2ms/step - loss: 0.6000 - accuracy: 0.7500 - val_loss: 0.6802
"""
BAR = "\x1b[1m4/4\x1b[0m \x1b[32m━━━━━━━━\x1b[0m\x1b[37m\x1b[0m \x1b[1m1s\x1b[0m 2ms/step"
KERAS_3 = f"Epoch 1/2\n{BAR} - accuracy: 0.5000 - loss: 0.7251"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">>> W\narray([[1., 2.]])", [("W", [["1.", "2."]])]),
        (">>> import numpy as np\n>>> x = 3\n>>> print(x)\n3", [("x", "3")]),
        (">>> print('E =', E)\nE = 0.5", [("E", "0.5")]),
        (">>> for x in X:\n...     print(x)\n...\nE = 0.5", [("E", "0.5")]),
        (
            "In [3]: W\nOut[3]: \narray([[1., 2.]])\n\nIn [4]: W.sum()\nOut[4]: np.float64(3.0)",
            [("W", [["1.", "2."]]), ("W.sum()", "3.0")],
        ),
        ("> epoch=1", [("epoch", "1")]),
    ],
)
def test_prompts_are_not_printed(text: str, expected: list[tuple[str, object]]) -> None:
    """What is typed names the value below it, unless the output has names of its own."""
    assert [(item.name, item.values) for item in parse(text)] == expected


def test_a_fit_is_read_as_epochs_with_metrics() -> None:
    """Counts of batches and times are not results; the colours of Keras 3 may have lost their escape characters."""
    names = ["Epoch", "loss", "accuracy", "val_loss"]
    rows = zip(2 * names, ["1", "0.7251", "0.5000", "0.6931", "2", "0.6000", "0.7500", "0.6802"], strict=True)
    assert [(item.name, item.values) for item in parse(KERAS_2)] == list(rows)
    expected = [("Epoch", "1"), ("accuracy", "0.5000"), ("loss", "0.7251")]
    for text in (KERAS_3, KERAS_3.replace("\x1b", "")):
        assert [(item.name, item.values) for item in parse(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4/4 - 0s - 2ms/step - accuracy: 0.5 - loss: -0.7", "accuracy: 0.5, loss: -0.7"),
        ("4/4 - 0s - loss: 0.7 - 12ms/epoch - 3ms/step", "loss: 0.7"),
        ("1/1 [==============================] - 0s 50ms/step", ""),
        ("E = 1/2", "E = 1/2"),
    ],
)
def test_the_metrics_of_a_bar(text: str, expected: str) -> None:
    """Of a finished one; other lines stay."""
    assert metrics(Line(1, text)) == expected


def test_an_unfinished_bar_is_refused() -> None:
    """Its metrics are not those of the epoch."""
    with pytest.raises(PrintedError) as caught:
        parse("\n1/4 [=====>.........] - ETA: 0s - loss: 0.7")
    assert str(caught.value) == "line 2: the progress bar ends at 1 of 4; remove the line"


def test_only_what_was_written_last_is_shown() -> None:
    """A bar that was written over an earlier one is the one that counts."""
    assert visible("1/4 [==>...] - loss: 0.7\b\b\b4/4 [=====] - loss: 0.6\r") == "4/4 [=====] - loss: 0.6"
    assert visible("50%\r100%\x1b[0m") == "100%"


def test_lines_have_their_numbers() -> None:
    """Blank lines and prompts count."""
    assert list(lines("\n>>> W\n[1]\nE = 2")) == [Line(3, "[1]", "W"), Line(4, "E = 2")]
