"""The images of a session: looked for once, loaded once, scaled once."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

import numpy as np

from adapters import Parameters
from adapters.log_rows import Samples
from reference.layer_types.parameters import Layer
from verification.session import Session
from worked_examples import Example, ImageExample, NetworkExample
from worked_examples.datasets.download import fetch
from worked_examples.datasets.sets import CLASSES, PIXELS_OF_DIGITS, DataSet, load, pretrained
from worked_examples.errors import FixtureError, MissingDataError
from worked_examples.schema.kinds.image_network import of_file
from worked_examples.schema.layers.network import Network

STAND_INS = DIGITS, ENLARGED_DIGITS = "sklearn_digits", "enlarged_digits"


def images(session: Session, name: str) -> DataSet:
    """A set of images.

    Raises:
        DataError: where its files are damaged; MissingDataError where there are none.

    """
    return session.once(("images", name), lambda: load(name, session.data, session.download_failures.get(name)))


def look_for_images(session: Session, examples: Iterable[Example]) -> None:
    """Look once, before anything runs, for what the examples need; images that are nowhere are downloaded, if that is possible.

    Raises:
        DataError: where a file is damaged.

    """
    chosen = [example for example in examples if isinstance(example, ImageExample)]
    for name in sorted({example.data.images for example in chosen}):
        with suppress(MissingDataError):
            try:
                images(session, name)
            except MissingDataError:
                if failure := fetch(name):
                    session.download_failures[name] = failure
                images(session, name)
    if any(example.pretrained for example in chosen):
        with suppress(MissingDataError):
            pretrained(session.data)


def scaled(session: Session, name: str, split: str, divisor: str) -> Samples:
    """The ``training`` or ``test`` images of a set in float64, for a divisor that makes 1 of 255.

    In scikit-learn's handwritten digits 16 is the largest value: it takes the place of 255.
    """

    def compute() -> Samples:
        data_set = images(session, name)
        pixels, labels = data_set.train if split == "training" else data_set.test
        return Samples(pixels / (1 if divisor == "1" else float(divisor) * data_set.greatest / 255), np.eye(CLASSES)[labels])

    return session.once(("scaled", name, split, divisor), compute)


def stand_in(example: ImageExample) -> str:
    """The data set on which the example is verified without the page's images."""
    return DIGITS if fits_digits(example) else ENLARGED_DIGITS


def fits_digits(example: ImageExample) -> bool:
    """Whether the network takes the 64 pixels of scikit-learn's digits, not only as many as the page's images have."""
    return example.columns_of_stand_in == PIXELS_OF_DIGITS


def initial(example: ImageExample, inputs: int) -> list[Parameters]:
    """The example's random initial parameters for so many inputs."""
    return parameters_of(example.network_for(inputs))


def parameters_of(network: Network) -> list[Parameters]:
    """The parameters of a network, float64, as engines take them."""
    return [Parameters(*layer) for layer in network.parameters("float64")]


def as_network(example: ImageExample, parameters: Sequence[Parameters], samples: Samples) -> NetworkExample:
    """What engines train or evaluate: the example's network with these parameters on some samples, of which there may be none."""
    network = example.network_for(samples.x.shape[1])
    return example.on(network.with_parameters([Layer(*layer) for layer in parameters]), *samples)


def with_seed(example: ImageExample, seed: int) -> ImageExample:
    """The same example with the initial parameters of a seed, and the order of another: 1000 more.

    Raises:
        ValueError: where nothing of the example is random.

    """
    if example.training is None or example.recipe is None:
        raise ValueError(f"{example.id} has no random training")
    recipe = example.recipe.model_copy(update={"seed": seed})
    return example.model_copy(update={"recipe": recipe, "training": example.training.model_copy(update={"seed": 1000 + seed})})


def pretrained_parameters(session: Session, example: ImageExample) -> list[Parameters]:
    """The pretrained parameters.

    Raises:
        MissingDataError: where there is no file of them.
        FixtureError: where the file has no array of a name, or one of another shape.
        ValueError: for an example whose network is not pretrained.

    """
    if example.pretrained is None:
        raise ValueError(f"{example.id} has no pretrained network")
    arrays = session.once("pretrained weights", lambda: pretrained(session.data))
    try:
        return parameters_of(of_file(example.written, arrays, images(session, example.data.images).side ** 2))
    except ValueError as error:
        raise FixtureError(f"{example.file}: {error}, from {example.pretrained}") from None


def available(session: Session, example: ImageExample) -> None:
    """Return where the page's own images, and the pretrained parameters if any, are there.

    Raises:
        MissingDataError: where they are not.

    """
    images(session, example.data.images)
    if example.pretrained:
        pretrained_parameters(session, example)


def is_available(session: Session, example: ImageExample) -> bool:
    """Whether the page's own images, and the pretrained parameters if any, are there."""
    try:
        available(session, example)
    except MissingDataError:
        return False
    return True
