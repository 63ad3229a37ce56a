"""The outputs of one image: exact, in a floating-point type, and those of engines."""

from collections.abc import Callable
from fractions import Fraction

import flint
import numpy as np
import pytest

from verification.case import Case
from verification.exact.arithmetic import EXACT
from verification.images import data
from verification.images.data import DIGITS, images, initial
from verification.images.one_image import engine_outputs, inputs, label, number_of, outputs_in_balls, possible_outputs
from verification.session import Session
from worked_examples import ImageExample
from worked_examples.schema.kinds.images import InferenceSetting

NAME = "study-notes/mnist-inference"
SETTING = InferenceSetting(name="one", images="test", divisor="255", batch_size=1, image=7)


@pytest.fixture
def case(
    monkeypatch: pytest.MonkeyPatch, session: Session, image_example: Callable[[str], ImageExample]
) -> Callable[[str], Case[ImageExample]]:
    """``case(engine)``: a network with random parameters of float32 on scikit-learn's digits."""
    committed = image_example(NAME)
    example = committed.model_copy(update={"data": committed.data.model_copy(update={"images": DIGITS})})
    pairs = zip(example.written["layers"], initial(example, 64), strict=True)
    arrays = {name: array for of, pair in pairs for name, array in ((of["kernel"], pair.kernel), (of["bias"], pair.bias))}
    monkeypatch.setattr(data, "pretrained", lambda _: {name: array.astype("float32") for name, array in arrays.items()})
    return lambda engine: Case(example, engine, session)


def test_pixels_are_divided_exactly(case: Callable[[str], Case[ImageExample]]) -> None:
    """Of the digits 16 is the greatest pixel, in the place of 255; with the divisor 1 pixels are as they are."""
    test, on_reference = images(case("reference").session, DIGITS).test, case("reference")
    assert list(inputs(on_reference, SETTING)[0]) == [Fraction(int(pixel), 16) for pixel in test.pixels[7]]
    raw = SETTING.model_copy(update={"divisor": "1"})
    assert list(inputs(on_reference, raw)[0]) == test.pixels[7].tolist()
    assert label(on_reference, SETTING) == test.labels[7]


@pytest.mark.parametrize("engine", ["reference", "torch"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_an_engine_is_within_the_enclosure_of_its_type(case: Callable[[str], Case[ImageExample]], engine: str, dtype: str) -> None:
    """That of float32 holds the exact outputs too, and those of float64."""
    one = case(engine).in_dtype(dtype)
    outputs, exact = engine_outputs(one, SETTING), outputs_in_balls(one, SETTING, EXACT)
    assert outputs.shape == exact.shape == (10,)
    for stated in {dtype, "float32"}:
        enclosed = possible_outputs(one, SETTING, stated)
        assert all(ball.contains(flint.arb(float(output))) for ball, output in zip(enclosed, outputs, strict=True))
        assert all(ball.contains(middle) for ball, middle in zip(enclosed, exact, strict=True))


def test_exact_outputs_are_those_of_the_reference_in_balls(case: Callable[[str], Case[ImageExample]]) -> None:
    """Whatever arithmetic is stated that is no floating-point type; far narrower than a float64."""
    exact = possible_outputs(case("reference"), SETTING, "exact")
    assert float(sum(exact)) == pytest.approx(1, abs=1e-15)
    assert max(float(ball.rad()) for ball in exact) < 1e-40
    assert np.argmax([float(ball) for ball in exact]) == engine_outputs(case("reference"), SETTING).argmax()


def test_a_setting_without_an_image_has_no_number() -> None:
    """Nothing is taken in its place."""
    with pytest.raises(ValueError, match=r"^the inference setting 'one' names no image$"):
        number_of(SETTING.model_copy(update={"image": None}))
