"""Random targets: what a loss takes, as rows or as labels."""

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from verification.random_examples.generator.decimals import texts, written

OF_CLASSES = ("cross entropy", "sparse cross entropy", "cross entropy from logits")
OF_LABELS = "sparse cross entropy"


@st.composite
def targets(draw: st.DrawFn, samples: int, outputs: int, loss: str) -> Any:
    """Targets: signs under the hinge loss, else one-hot rows, rows that sum to 1, or any numbers; of classes none negative.

    A loss of labels takes one-hot rows only.
    """
    if loss == "hinge":
        row = st.lists(st.sampled_from(("1", "-1")), min_size=outputs, max_size=outputs)
        return draw(st.lists(row, min_size=samples, max_size=samples))
    how = draw(st.sampled_from(("one-hot", "shares", "any"))) if loss != OF_LABELS else "one-hot"
    if how == "any" and loss.startswith("binary"):
        how = "shares"  # autograd, the second opinion, refuses any others; they may have negative losses
    if how == "any" and loss in OF_CLASSES and draw(st.integers(0, 4)) > 0:
        how = "shares"  # the loader refuses any others
    if how == "any":
        return draw(texts((samples, outputs), "not negative" if loss in OF_CLASSES else "any", plain=True))
    row = one_hot(outputs) if how == "one-hot" else shares(outputs)
    return draw(st.lists(row, min_size=samples, max_size=samples))


def one_hot(outputs: int) -> st.SearchStrategy[list[str]]:
    """A row of zeros with a one."""
    return st.integers(0, outputs - 1).map(lambda place: [str(int(column == place)) for column in range(outputs)])


def shares(outputs: int) -> st.SearchStrategy[list[str]]:
    """A row of tenths that sum to 1."""
    cuts = st.lists(st.integers(0, 10), min_size=outputs - 1, max_size=outputs - 1)
    return cuts.map(lambda inner: [written(high - low, 1) for low, high in pairwise([0, *sorted(inner), 10])])


@st.composite
def as_labels(draw: st.DrawFn, rows: list[list[str]]) -> Any:
    """One-hot rows as labels, with the number of classes where that must be said, or as they are; any other rows as they are."""
    if not all(sorted(row) == [*["0"] * (len(row) - 1), "1"] for row in rows) or draw(st.booleans()):
        return rows
    labels, classes = [row.index("1") for row in rows], len(rows[0])
    of_classes = f" with {classes} classes" if max(labels) + 1 < classes or draw(st.booleans()) else ""
    return f"one hot of [{', '.join(map(str, labels))}]{of_classes}"
