"""The pictures of a network on images: learning curves, confusion matrix, sample predictions, kernels as images."""

from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from report.formatting import anchor
from report.pictures import learning_curves
from report.pictures.svg import INK, LOOK, Picture, as_svg
from verification.records import ExampleResult, ImageResult

SCALE = 4  # each pixel is shown as 4 by 4, so that no viewer blurs it
COLUMNS = 5
WRONG = "#e07b28"
FASHION = ("T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot")


class Plot(NamedTuple):
    """A figure, its kind (the end of its file's name), its description and its caption."""

    kind: str
    figure: Figure
    alt: str
    caption: str


def image_pictures(name: str, example: ExampleResult, engines: list[str]) -> list[Picture]:
    """The pictures of an example; none of what its results do not hold."""
    if example.images is None:
        return []
    with mpl.rc_context(LOOK):
        plots = [*curve_plots(example, example.images, engines), *network_plots(example.images)]
        return [Picture(f"{anchor(name)}-{plot.kind}.svg", as_svg(plot.figure), plot.alt, plot.caption) for plot in plots]


def curve_plots(example: ExampleResult, images: ImageResult, engines: list[str]) -> Iterator[Plot]:
    """The learning curves, where there are any."""
    if curves := learning_curves.learning_curves(images, example.percentiles, engines):
        yield Plot("curves", *curves, learning_curves.CAPTION)


def network_plots(images: ImageResult) -> Iterator[Plot]:
    """What is recorded of the network: confusion matrix, sample, kernels."""
    if recorded := images.pictures:
        when = f" after {recorded['updates']:,} updates" if "updates" in recorded else ""
        matrix = np.array(recorded["confusion"])
        names = class_names(images.data_set, len(matrix))
        side = image_side(recorded["sample"])
        yield confusion_plot(matrix, names, when, recorded["divisor"])
        yield sample_plot(recorded["sample"], names, side)
        if "kernels" in recorded:
            yield kernel_plot(recorded, when)


def class_names(data_set: str, n_classes: int) -> list[str]:
    """The names of a data set's classes; numbers but for Fashion-MNIST."""
    return list(FASHION) if data_set == "fashion" else [str(number) for number in range(n_classes)]


def image_side(sample: Mapping[str, Any]) -> int:
    """The side of the square images of a sample, in pixels."""
    return round((len(b64decode(sample["pixels"])) / len(sample["image"])) ** 0.5)


def enlarged(text: str, side: int) -> NDArray[np.uint8]:
    """Images ``(images, side * SCALE, side * SCALE)`` from base64."""
    return np.frombuffer(b64decode(text), dtype=np.uint8).reshape(-1, side, side).repeat(SCALE, 1).repeat(SCALE, 2)


def frames(count: int, height: float) -> tuple[Figure, list[Axes]]:
    """A figure, and a frame without ticks for each of ``count`` images."""
    rows = -(-count // COLUMNS)
    figure = Figure(figsize=(1.15 * COLUMNS, height * rows), layout="constrained")
    axes_in_rows = list(figure.subplots(rows, COLUMNS, squeeze=False).flat)
    for position, axes in enumerate(axes_in_rows):
        axes.set(xticks=[], yticks=[], visible=position < count)
    return figure, axes_in_rows[:count]


def confusion_plot(counts: NDArray[np.int64], names: list[str], when: str, divisor: str) -> Plot:
    """A confusion matrix, coloured by the fraction of each row; a cell without images has no number."""
    figure = Figure(figsize=(5.4, 4.8), layout="constrained")
    axes: Axes = figure.subplots()
    colour = (counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)) ** 0.5
    axes.imshow(colour, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(counts):
        if count:
            ink = "w" if colour[row, column] > 0.6 else "k"
            axes.text(column, row, f"{count}", ha="center", va="center", fontsize=8, color=ink)
    axes.set(xlabel="prediction", ylabel="label", xticks=range(len(names)), yticks=range(len(names)), yticklabels=names)
    axes.set_xticklabels(names, rotation=90 if max(map(len, names)) > 1 else 0)
    text = f"Confusion matrix: {counts.trace():,} of {counts.sum():,} test images are correctly classified{when}"
    scaled = "raw pixels" if divisor == "1" else f"pixels divided by {divisor}"
    return Plot("confusion", figure, text, f"{text}; {scaled}.")


def sample_plot(sample: Mapping[str, Any], names: list[str], side: int) -> Plot:
    """Test images with their labels; those that are misclassified are framed, with the prediction below."""
    figure, axes_of_images = frames(len(sample["label"]), 1.5)
    images, wrong = enlarged(sample["pixels"], side), list[str]()
    for axes, image, label, predicted in zip(axes_of_images, images, sample["label"], sample["predicted"], strict=True):
        axes.imshow(255 - image, cmap="gray", vmin=0, vmax=255, interpolation="none")
        axes.set_title(names[label], fontsize=9)
        if label != predicted:
            wrong.append(f"{names[label]} predicted as {names[predicted]}")
            axes.set_xlabel(f"predicted: {names[predicted]}", fontsize=7, fontweight="bold", labelpad=4)
            axes.spines[:].set(color=WRONG, linewidth=3)
    text = f"{len(images)} test images with their labels; framed: {', '.join(wrong) or 'none'}"
    return Plot("sample", figure, text, "The first test images, and the first of those that are misclassified (framed).")


def kernel_plot(recorded: Mapping[str, Any], when: str) -> Plot:
    """The weights of the first layer's units, each as an image."""
    kernels = enlarged(recorded["kernels"], recorded["kernel_side"])
    figure, axes_of_units = frames(len(kernels), 1.3)
    for unit, (axes, image) in enumerate(zip(axes_of_units, kernels, strict=True), 1):
        axes.imshow(image, cmap="PuOr", vmin=1, vmax=255, interpolation="none")
        axes.set_title(f"unit {unit}", fontsize=8, color=INK)
    text = f"Kernels of {len(kernels)} of the {recorded['units']} units of the first layer{when}, as images"
    return Plot("kernels", figure, text, f"{text}: purple above 0, orange below, white 0, each to its own scale.")
