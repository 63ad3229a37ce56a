"""What numbers of printed tables on images must be, as far as formulas, data, predictions and one image say."""

from decimal import Decimal, localcontext
from functools import partial
from typing import Any

import numpy as np

from reference.comparisons import UndecidedError
from verification.arithmetics.floating_point import UNKNOWN
from verification.case import Case
from verification.certification.certified_value import CertifiedValue, certified_value
from verification.exact.arithmetic import BITS
from verification.images.data import images
from verification.images.one_image import engine_outputs, label, possible_outputs
from verification.records import PredictionCount
from verification.session import Session
from verification.verdicts.printed_number import Computed
from worked_examples import ImageExample
from worked_examples.schema.kinds.images import InferenceSetting


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


def of_image(case: Case[ImageExample], setting: InferenceSetting, quantity: str, index: tuple[int, ...], stated: str) -> Computed:
    """A number of the setting's image, by the arithmetic that its block states.

    In a floating-point type no order of summation is preferred: a print is confirmed where every order gives it.
    """
    if quantity == "label":
        return Computed(Decimal(label(case, setting)))
    outputs = engine_outputs(case.in_dtype(stated) if stated in BITS else case, setting)
    expected = partial(value_of_image, case, setting, quantity, index, "float64")
    return Computed(
        float(outputs[index] if quantity == "output" else outputs.argmax()),
        value_of_image(case, setting, quantity, index, stated),
        expected=expected if case.example.network.is_plain else lambda: None,
    )


def value_of_image(
    case: Case[ImageExample], setting: InferenceSetting, quantity: str, index: tuple[int, ...], stated: str
) -> CertifiedValue:
    """An output, or the predicted label, as an arithmetic gives it; without a finite radius where that is open."""
    of = stated if stated in BITS else "certified"
    try:
        outputs = possible_outputs(case, setting, stated)
        return certified_value(outputs[index], of) if quantity == "output" else certified_value(float(greatest(outputs)), of)
    except UndecidedError as error:
        return UNKNOWN._replace(of=f"{of}, {error}")


def greatest(balls: Any) -> int:
    """The index of the ball that is greater than all others.

    Raises:
        UndecidedError: where there is none.

    """
    for index, ball in enumerate(balls):
        if all(ball > other for position, other in enumerate(balls) if position != index):
            return index
    raise UndecidedError("two outputs may be the greatest")
