"""Claims: every printed number once, with its name, index, epoch and erratum."""

from worked_examples import NetworkExample, load
from worked_examples.loading import ROOT
from worked_examples.printed.claims import claims, quantity_of, unused_errata
from worked_examples.printed.items import flatten


def network(name: str) -> NetworkExample:
    """A fixture that is a network."""
    example = load(ROOT / f"{name}.toml")
    assert isinstance(example, NetworkExample)
    return example


def test_every_printed_number_is_one_claim() -> None:
    """In the order of print, with the text as printed."""
    example = network("numpy-dnn/312_1")
    texts = [text for block in example.printed for item in block.items for _, text in flatten(item.values)]
    assert [claim.text for claim in claims(example)] == texts


def test_a_printed_epoch_is_the_epoch_of_what_follows() -> None:
    """And a claim itself."""
    printed = [(claim.name, claim.text, claim.epoch) for claim in claims(network("ours/stop-rule"))]
    assert printed[:3] == [("epoch", "0", 0), ("y", "4", 0), ("E", "8", 0)]
    assert printed[-1] == ("E", "0.03125", 4)


def test_updates_are_counted_from_0() -> None:
    """Where the book gives the first epoch the number 1, its epoch 1 is before any update."""
    epochs = [claim.epoch for claim in claims(network("numpy-dnn/3110_2"))]
    assert (min(epochs), max(epochs)) == (0, 207_888)


def test_an_erratum_of_a_label_changes_the_quantity() -> None:
    """The third number under a label that is printed twice is the gradient of the third input."""
    example = network("numpy-dnn/312_1")
    (claim,) = [claim for claim in claims(example) if claim.erratum and claim.erratum.of_label]
    assert quantity_of(example, claim).entry == (0, 2)
    assert unused_errata(example) == []


def test_an_entry_of_a_matrix_has_its_index() -> None:
    """A claim is written with its index, and its quantity has it."""
    example = network("numpy-dnn/311_1")
    claim = next(claim for claim in claims(example) if claim.name == "W" and claim.at == (1, 0))
    assert str(claim) == "W[1, 0]"
    assert quantity_of(example, claim).entry == (1, 0)


def test_an_epoch_is_that_of_its_whole_line() -> None:
    """Wherever it stands in the line; lines below without an epoch have the same."""
    example = network("ours/stop-rule")
    text = "E=8 y=4 epoch=1,000\nE=0.5 y=1\nepoch 2 E 3 epoch 3 E 2"
    block = example.printed[0].model_copy(update={"text": text})
    found = [(claim.name, claim.epoch) for claim in claims(example.model_copy(update={"printed": [block]}))]
    assert found[:5] == [("E", 1000), ("y", 1000), ("epoch", 1000), ("E", 1000), ("y", 1000)]
    assert found[5:] == [("epoch", 2), ("E", 2), ("epoch", 3), ("E", 3)]


def test_the_epoch_of_a_format_is_that_of_its_row() -> None:
    """As in any line."""
    example = network("ours/stop-rule")
    keys = {"text": "E 8.00, 0\nE 0.50, 2", "format": "E {E:.2f}, {epoch}"}
    found = [
        (claim.name, claim.text, claim.epoch)
        for claim in claims(example.model_copy(update={"printed": [example.printed[0].model_copy(update=keys)]}))
    ]
    assert found == [("E", "8.00", 0), ("epoch", "0", 0), ("E", "0.50", 2), ("epoch", "2", 2)]
