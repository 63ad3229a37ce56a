"""Conventions: formulas are the reference's, calls of frameworks are dotted names, distances are numbers or words."""

from pathlib import Path

import pytest

from worked_examples import FixtureError, load
from worked_examples.loading import ROOT

GOOD = (ROOT / "dl-python" / "optimizers.toml").read_text(encoding="utf-8")


def refused(folder: Path, old: str, new: str) -> str:
    """What is said of a copy of a good fixture with one change, without the file's name."""
    assert old in GOOD
    file = folder / "dl-python" / "optimizers.toml"
    file.parent.mkdir()
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FixtureError) as caught:
        load(file)
    return str(caught.value).removeprefix(f"{file}: ")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            'book = {call = "momentum", ',
            'book = {call = "momemtum", ',
            "conventions[2]: 'momemtum' is not a formula of the family 'optimizer'; accepted: adadelta, adagrad, adam, ",
            id="formula",
        ),
        pytest.param(
            'book = {call = "sgd"}',
            'book = {call = "sgd", before = {call = "l3"}}',
            "conventions[1]: 'l3' is not what precedes a formula of the family 'optimizer'; accepted: decoupled, l2",
            id="decay",
        ),
        pytest.param(
            'default = {call = "optim.SGD"}',
            'default = {call = "optim.SGD()"}',
            "conventions[0]: 'optim.SGD()' is not a call; accepted: a dotted name such as 'optim.SGD', or with ' kernel'",
            id="call",
        ),
        pytest.param(
            'default = {call = "optim.SGD"}',
            'default = {call = "optim._C..x"}',
            "conventions[0]: 'optim._C..x' is not a call; accepted: ",
            id="path",
        ),
        pytest.param(
            'name = "momentum"',
            'name = "sgd"',
            "conventions: 'sgd' is the name of two",
            id="two-names",
        ),
    ],
)
def test_a_bad_convention_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """The message names the convention and offers the nearest formula."""
    assert refused(tmp_path, old, new).startswith(message)


def test_a_further_framework_needs_no_list(tmp_path: Path) -> None:
    """A call of a framework that this project has no adapter for is accepted; its adapter says whether it exists."""
    file = tmp_path / "dl-python" / "optimizers.toml"
    file.parent.mkdir()
    text = GOOD.replace("[conventions.engines.torch]", "[conventions.engines.jax]", 1).replace('"optim.SGD"', '"optax.sgd"', 1)
    file.write_text(text, encoding="utf-8")
    assert load(file)
