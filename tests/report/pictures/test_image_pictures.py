"""Pictures of networks on images are made of what was recorded, and of nothing else."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any
from xml.dom.minidom import parseString

import pytest

from report.pictures.image_pictures import class_names, image_pictures, image_side
from verification.records import ExampleResult

MakeExample = Callable[..., ExampleResult]


def test_pictures_are_on_the_page_and_beside_it(
    trained_on_images: MakeExample, write_report: Callable[..., dict[str, str]]
) -> None:
    """Four pictures of a training, each well-formed, described for who cannot see it, and the same in a second run."""
    first, second = write_report(trained_on_images()), write_report(trained_on_images())
    assert first == second
    names = [f"numpy-dnn-0-{kind}.svg" for kind in ("curves", "confusion", "sample", "kernels")]
    assert sorted(name for name in first if name.endswith(".svg")) == sorted(names)
    assert all(len(parseString(first[name]).getElementsByTagName("svg")) == 1 for name in names)  # noqa: S318 -- our own file
    assert all(f"]({name})" in first["report.md"] for name in names)
    assert "predicted: 9" in first["numpy-dnn-0-sample.svg"]
    assert 'aria-label="Confusion matrix: 945 of 945 test images are correctly classified after 200 updates"' in first["index.html"]
    assert 'aria-label="2 test images with their labels; framed: 4 predicted as 9"' in first["index.html"]


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({"pictures": None}, ["curves"]),
        ({"log_rows": {}}, ["confusion", "sample", "kernels"]),
        ({"pictures": None, "printed": []}, []),
    ],
)
def test_no_picture_is_made_of_what_was_not_recorded(
    trained_on_images: MakeExample, changes: dict[str, Any], kinds: list[str]
) -> None:
    """Without log rows there are no curves, and without a record of the network no other picture."""
    pictures = image_pictures("a/b", trained_on_images(**changes), ["reference", "keras"])
    assert [picture.file for picture in pictures] == [f"a-b-{kind}.svg" for kind in kinds]


def test_kernels_have_a_side_of_their_own_or_are_not_recorded(trained_on_images: MakeExample) -> None:
    """Filters are smaller than images; a network whose kernels see no pixels has none."""
    example = trained_on_images()
    assert example.images
    assert example.images.pictures
    example.images.pictures.update(kernels=b64encode(bytes(50)).decode(), kernel_side=5, units=2)
    assert [picture.file for picture in image_pictures("a/b", example, ["reference"])][-1] == "a-b-kernels.svg"
    del example.images.pictures["kernels"]
    assert [picture.file for picture in image_pictures("a/b", example, ["reference"])][-1] == "a-b-sample.svg"


def test_an_example_without_images_has_no_picture(make_example: MakeExample) -> None:
    """Nothing is made of nothing."""
    assert image_pictures("a/b", make_example(), ["reference"]) == []


def test_classes_and_sizes_are_those_of_the_data_set(trained_on_images: MakeExample) -> None:
    """Fashion-MNIST's classes have names, others numbers; the side of an image follows from its pixels."""
    assert class_names("fashion", 10)[-1] == "boot"
    assert class_names("sklearn_digits", 3) == ["0", "1", "2"]
    images = trained_on_images().images
    assert images
    assert images.pictures
    assert image_side(images.pictures["sample"]) == 28
