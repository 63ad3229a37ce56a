"""One image under an inference setting: its label, and the outputs of a pretrained network in exact arithmetic or in a type.

An engine's own are computed for the image alone; whatever batch it is in, they lie within the same enclosure.
"""

from fractions import Fraction

import flint
import numpy as np

from adapters import Array
from adapters.reference.training import Trainer
from verification.arithmetics.dense_in_type import outputs_in_type
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.enclosures import as_balls
from verification.images.data import as_network, images, pretrained_parameters, scaled
from worked_examples import ImageExample, NetworkExample
from worked_examples.datasets.sets import Images
from worked_examples.schema.kinds.images import InferenceSetting

ImageCase = Case[ImageExample]
GREATEST = 255  # the pixel that a divisor is about, see ``scaled``


def part(case: ImageCase, setting: InferenceSetting) -> Images:
    """The training or test images of a setting."""
    whole = images(case.session, case.example.data.images)
    return whole.train if setting.images == "training" else whole.test


def number_of(setting: InferenceSetting) -> int:
    """The image's number, from 0.

    Raises:
        ValueError: where the setting names no image.

    """
    if setting.image is None:
        raise ValueError(f"the inference setting '{setting.name}' names no image")
    return setting.image


def label(case: ImageCase, setting: InferenceSetting) -> int:
    """The digit that is the image's label."""
    return int(part(case, setting).labels[number_of(setting)])


def inputs(case: ImageCase, setting: InferenceSetting) -> Array:
    """The pixels of the image, divided: fractions ``(1, pixels)``."""
    greatest = images(case.session, case.example.data.images).greatest
    divisor = Fraction(1) if setting.divisor == "1" else Fraction(setting.divisor) * greatest / GREATEST
    return np.array([[int(pixel) / divisor for pixel in part(case, setting).pixels[number_of(setting)]]], dtype=object)


def on_image(case: ImageCase, setting: InferenceSetting) -> NetworkExample:
    """The pretrained network on the image alone."""
    samples = scaled(case.session, case.example.data.images, setting.images, setting.divisor)
    first = number_of(setting)
    alone = samples.rows(slice(first, first + 1))
    return as_network(case.example, pretrained_parameters(case.session, case.example), alone)


def engine_outputs(case: ImageCase, setting: InferenceSetting) -> Array:
    """What the engine gives in the case's type: ``(outputs,)``."""

    def compute() -> Array:
        network = on_image(case, setting)
        outputs = case.engine.trainer(network, case.dtype, compiled=False).outputs_for(np.asarray(network.data.pair[0]), 1)
        return np.asarray(outputs, dtype=float)[0]

    return case.session.once(("outputs of one image", *case.key, setting.name), compute)


def outputs_in_balls(case: ImageCase, setting: InferenceSetting, bits: int) -> Array:
    """The reference's outputs in ball arithmetic of a precision: ``(outputs,)``."""
    with flint.ctx.workprec(bits):
        return np.asarray(Trainer(on_image(case, setting), "ball").outputs_for(as_balls(inputs(case, setting)), 1)[0], dtype=object)


def possible_outputs(case: ImageCase, setting: InferenceSetting, stated: str) -> Array:
    """Balls ``(outputs,)`` that enclose what the arithmetic of a page gives: a floating-point type in any order, else exact.

    Raises:
        UndecidedError: where a comparison is open, or a sum may overflow.

    """

    def compute() -> Array:
        if stated not in arithmetic.BITS:
            return outputs_in_balls(case, setting, arithmetic.EXACT)
        layers = pretrained_parameters(case.session, case.example)
        with flint.ctx.workprec(arithmetic.EXACT):
            x = as_balls(inputs(case, setting))
        activations = [layer.activation for layer in case.example.network.layers]
        return np.asarray(outputs_in_type(activations, layers, x, stated)[0], dtype=object)

    return case.session.once(("possible outputs", case.example.id, setting.name, stated), compute)
