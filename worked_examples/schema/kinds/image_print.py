"""What a table may print of one image: its outputs, its label, and the label that a pretrained network predicts."""

from collections.abc import Iterator, Mapping

from worked_examples.datasets.sets import CLASSES
from worked_examples.printed.items import PrintedItem, flatten
from worked_examples.schema.kinds.image_quantities import OF_IMAGE
from worked_examples.schema.layers.network import Network
from worked_examples.schema.log import Table

BY_ANY_NETWORK = ("exact",)
BY_DENSE_LAYERS = (*BY_ANY_NETWORK, "float64", "float32")


def faults_of_image(
    table: Table, names: Mapping[str, str], network: Network, setting: str, settings: Mapping[str, int | None]
) -> Iterator[str]:
    """What is wrong with the numbers of one image in a table, from the key in the table on.

    ``names`` are the quantities of printed names, ``settings`` the images of inference settings by their names; without any
    nothing is pretrained.
    """
    for item in table.items:
        if names[item.name] not in OF_IMAGE or item.name in table.formulas:
            continue
        yield from fault_of_setting(item.name, names[item.name], setting, settings)
        yield from fault_of_shape(item, names[item.name])
        accepted = BY_DENSE_LAYERS if network.is_plain else BY_ANY_NETWORK
        if table.arithmetic not in accepted:
            yield f"arithmetic: '{table.arithmetic}'; accepted for '{item.name}', of one image: {', '.join(accepted)}"


def fault_of_setting(name: str, quantity: str, setting: str, settings: Mapping[str, int | None]) -> Iterator[str]:
    """That no image is known whose number it is."""
    if not settings:
        yield f"text: '{name}' is the {quantity} of one image; accepted in an example with [[inference_settings]]"
    elif not setting:
        yield f"inference_setting: missing; '{name}' is the {quantity} of the image of one of {', '.join(settings)}"
    elif settings[setting] is None:
        yield f"inference_setting: '{setting}' names no image, whose {quantity} '{name}' is; write image = N in it, counted from 0"


def fault_of_shape(item: PrintedItem, quantity: str) -> Iterator[str]:
    """That outputs are no row, or more than there are, or that a label is no single number."""
    is_number, count = isinstance(item.values, str), sum(1 for _ in flatten(item.values))
    is_row = not is_number and all(isinstance(value, str) for value in item.values)
    if quantity == "output" and not (is_row and count <= CLASSES):
        found = "a single number" if is_number else f"{count} numbers" if is_row else "a matrix"
        yield f"text: '{item.name}' is {found}; accepted: the outputs of one image, a list of at most {CLASSES}"
    if quantity != "output" and not is_number:
        yield f"text: '{item.name}' is not a single number; accepted: the {quantity} of one image"
