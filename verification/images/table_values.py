"""What numbers of printed tables on images must be, as far as formulas, data and predictions say."""

from decimal import Decimal, localcontext
from typing import Any

import numpy as np

from verification.images.data import images
from verification.records import PredictionCount
from verification.session import Session
from worked_examples import ImageExample


def as_decimal(value: Any, arithmetic: str) -> Decimal:
    """A value of a formula of printed numbers; rounded where the page shows a floating-point type's digits, else to 60 digits."""
    if arithmetic.startswith("float") or isinstance(value, float):
        return Decimal(float(np.dtype(arithmetic if arithmetic.startswith("float") else "float64").type(float(value))))
    with localcontext() as context:
        context.prec = 60
        return Decimal(value.numerator) / value.denominator


def of_predictions(count: PredictionCount, quantity: str) -> int | float:
    """A result of inference."""
    wrong = count.n_images - count.n_correct
    return {"n_correct": count.n_correct, "n_wrong": wrong, "accuracy": count.n_correct / count.n_images}[quantity]


def of_data(session: Session, example: ImageExample, quantity: str, index: tuple[int, ...]) -> Decimal:
    """What the images themselves say."""
    words = ("training images shape", "training labels shape", "test images shape", "test labels shape")
    train, test = images(session, example.data.images)[:2]
    shapes = dict(zip(words, (train.pixels.shape, train.labels.shape, test.pixels.shape, test.labels.shape), strict=True))
    if quantity in shapes:
        return Decimal(shapes[quantity][index[0]])
    return Decimal(len(train.labels) if quantity == "training images" else int(train.labels[0]))
