"""When the numbers of a log row are taken, in words: around an epoch, or before its updates, each with its own batch.

A program that sums the losses of its batches, each before its own update, prints ``before each update, summed over the epoch``.
A mean over the epoch is one over its updates; over the samples, every batch counts as often as it has samples: Keras's ``fit``.
"""

from collections.abc import Mapping

from worked_examples.printed.quantities import OF_EPOCH, Quantity

SUMMED = "before each update, summed over the epoch"
AVERAGED = "before each update, averaged over the epoch"
BY_SAMPLES = "before each update, averaged over the samples of the epoch"
LAST = "before the last update of the epoch"
OVER_UPDATES: Mapping[str, str] = {
    SUMMED: "the sum of the values before each update, each of its own batch",
    AVERAGED: "that sum divided by the number of updates",
    BY_SAMPLES: "their mean, every batch counted as often as it has samples",
    LAST: "the value before the last update, of its batch",
}
BY_SAMPLE = ("input", "target", "output", "pre-activation", "loss per output", "loss per sample", "formula")
"""What has, or may have, an entry for each sample, in their order."""
TAKEN = ("before the epoch", "after the epoch", *OVER_UPDATES)


def taken(named: Quantity, words: str, is_full_batch: bool, is_shuffled: bool = False) -> Quantity:
    """A quantity at the moment of these words; an epoch's number and learning rate are the same all through it.

    In an epoch of one update with all samples what is taken before each is taken before the epoch; of samples that are shuffled, in
    the order in which the update sees them.
    """
    if named.part in OF_EPOCH or named.is_size:
        return named
    if words in OVER_UPDATES:
        return named._replace(over="" if is_full_batch and not (is_shuffled and named.part in BY_SAMPLE) else words)
    return named._replace(after_update=words == "after the epoch")
