"""The pictures of a network on images: samples with answers, confusion matrix, kernels as images, learning curves."""

from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from adapters import Array
from report.curves import curves
from report.pictures import INK, LOOK, as_svg
from report.values import Entry, anchor

SIDE, SCALE = 28, 4  # pixels of an image; each is shown as 4 by 4, so that no viewer blurs them
COLUMNS = 5
WRONG = "#e07b28"
CLASSES = {
    "mnist": [str(digit) for digit in range(10)],
    "fashion": ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"],
}


class Image(NamedTuple):
    """A picture: the name of its file, its ``<svg>`` element, what it shows in words, and the line below it."""

    file: str
    svg: str
    alt: str
    caption: str


def images(name: str, entry: Entry, engines: list[str]) -> list[Image]:
    """The pictures of an example; none of what its results do not hold."""
    with mpl.rc_context(LOOK):
        return [Image(f"{anchor(name)}-{kind}.svg", as_svg(figure), alt, text) for kind, figure, alt, text in drawn(entry, engines)]


def drawn(entry: Entry, engines: list[str]) -> Iterator[tuple[str, Figure, str, str]]:
    """Each picture's kind, figure, description and caption."""
    if found := curves(entry, engines):
        yield ("curves", *found)
    if shown := entry.get("pictured"):
        when = f" after {shown['updates']:,} updates" if "updates" in shown else ""
        classes, counts = CLASSES[entry["set"]], np.array(shown["confusion"])
        right = f"{counts.trace():,} of {counts.sum():,} test images are recognised{when}"
        how = "raw pixels" if shown["divisor"] == "1" else f"pixels divided by {shown['divisor']}"
        yield "confusion", matrix(counts, classes), f"Confusion matrix: {right}", f"Confusion matrix: {right}; {how}."
        yield ("sample", *sample(shown["sample"], classes))
        yield ("kernels", *kernels(shown, when))


def pixels(text: str) -> Array:
    """Images ``(images, SIDE * SCALE, SIDE * SCALE)`` from base64."""
    return np.frombuffer(b64decode(text), dtype=np.uint8).reshape(-1, SIDE, SIDE).repeat(SCALE, 1).repeat(SCALE, 2)


def cells(count: int, height: float) -> Iterator[Any]:
    """A figure, then a frame without ticks for each of ``count`` images."""
    rows = -(-count // COLUMNS)
    figure = Figure(figsize=(1.15 * COLUMNS, height * rows), layout="constrained")
    yield figure
    for position, axes in enumerate(figure.subplots(rows, COLUMNS, squeeze=False).flat):
        axes.set(xticks=[], yticks=[], visible=position < count)
        if position < count:
            yield axes


def sample(found: Mapping[str, Any], classes: list[str]) -> tuple[Figure, str, str]:
    """Test images with their labels; those that are taken for something else are framed, and say for what."""
    figure, *frames = cells(len(found["label"]), 1.5)
    wrong = []
    for axes, image, label, answer in zip(frames, pixels(found["pixels"]), found["label"], found["answer"], strict=True):
        axes.imshow(255 - image, cmap="gray", vmin=0, vmax=255, interpolation="none")
        axes.set_title(classes[label], fontsize=9)
        if label != answer:
            wrong.append(f"{classes[label]} taken for {classes[answer]}")
            axes.set_xlabel(f"taken for {classes[answer]}", fontsize=7, fontweight="bold", labelpad=4)
            axes.spines[:].set(color=WRONG, linewidth=3)
    said = f"{len(frames)} test images with their labels; framed: {', '.join(wrong) or 'none'}"
    return figure, said, "The first test images, and the first of those that are taken for something else (framed)."


def matrix(counts: Array, classes: list[str]) -> Figure:
    """A confusion matrix, coloured by the share of each row; a cell without images has no number."""
    figure = Figure(figsize=(5.4, 4.8), layout="constrained")
    axes: Axes = figure.subplots()
    colour = (counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)) ** 0.5
    axes.imshow(colour, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(counts):
        if count:
            ink = "w" if colour[row, column] > 0.6 else "k"
            axes.text(column, row, f"{count}", ha="center", va="center", fontsize=8, color=ink)
    axes.set(xlabel="answer", ylabel="label", xticks=range(10), yticks=range(10), yticklabels=classes)
    axes.set_xticklabels(classes, rotation=90 if max(map(len, classes)) > 1 else 0)
    return figure


def kernels(shown: Mapping[str, Any], when: str) -> tuple[Figure, str, str]:
    """The weights of the first layer's units, each as an image."""
    found = pixels(shown["kernels"])
    figure, *frames = cells(len(found), 1.3)
    for unit, (axes, image) in enumerate(zip(frames, found, strict=True), 1):
        axes.imshow(image, cmap="PuOr", vmin=1, vmax=255, interpolation="none")
        axes.set_title(f"unit {unit}", fontsize=8, color=INK)
    said = f"Kernels of {len(found)} of the {shown['units']} units of the first layer{when}, as images"
    return figure, said, f"{said}: purple above 0, orange below, white 0, each to its own scale."
