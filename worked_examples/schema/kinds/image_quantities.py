"""What the names of a network on a data set may mean: its quantities in words, those of results and of one image apart."""

from collections.abc import Mapping

OTHERS: Mapping[str, str] = {  # what a printed name may mean, besides results
    "position": "which log row it is: an epoch, an iteration; a claim only where a formula is given",
    "time": "on the author's machine; never a claim",
    "formula": "only what the table's formula for it says",
    "training images shape": "(samples, pixels)",
    "training labels shape": "(samples,)",
    "test images shape": "(samples, pixels)",
    "test labels shape": "(samples,)",
    "training images": "their number",
    "first training label": "a digit",
}
RESULTS: Mapping[str, str] = {
    "n_correct": "correctly classified samples of this epoch so far, each before its update",
    "n_wrong": "the other samples of this epoch so far",
    "accuracy": "n_correct divided by n_correct + n_wrong",
    "loss since the last row": "mean loss of a sample, each before its update",
    "loss in this epoch": "mean loss of a sample in this epoch so far, each before its update",
    "loss of the batch": "of the last batch, after its update",
    "training accuracy": "fraction of all training images that are correctly classified now",
    "test accuracy": "fraction of all test images that are correctly classified now",
    "test loss": "mean loss of a test image now",
}
OF_IMAGE: Mapping[str, str] = {  # under an inference setting that names an image
    "output": "the outputs of the image, from the first on, as many as are printed",
    "label": "that of the image, a digit",
    "predicted label": "which output of the image is the greatest, from 0",
}
OF_SETS = ("training accuracy", "test accuracy", "test loss")
QUANTITIES = {**OTHERS, **RESULTS, **OF_IMAGE}
