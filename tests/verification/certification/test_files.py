"""Reading the certified files."""

from pathlib import Path

import pytest

from verification.certification.files import committed_run, fingerprint, is_certifiable, is_current, read
from worked_examples import NetworkExample, load_all

EXAMPLES = load_all()
NETWORKS = {name: example for name, example in EXAMPLES.items() if isinstance(example, NetworkExample)}


@pytest.mark.parametrize("name", [name for name, example in NETWORKS.items() if is_certifiable(example)])
def test_every_network_has_a_current_certified_file(name: str) -> None:
    """The committed file was computed from this very fixture: if not, ``python -m verification certify --update``."""
    assert committed_run(NETWORKS[name]) is not None


def test_what_is_not_certified_has_no_run(tmp_path: Path) -> None:
    """No file, no run; nor for an example of another kind."""
    assert read("numpy-dnn/311_1", tmp_path) is None
    assert committed_run(EXAMPLES["numpy-dnn/321_2"]) is None


def test_a_changed_fixture_has_no_certified_run() -> None:
    """Other data have another fingerprint, and the committed values are not current any more; another title changes nothing."""
    example = NETWORKS["numpy-dnn/311_1"]
    changed = example.model_copy(update={"data": example.data.model_copy(update={"target": [["1"]]})})
    run = read(example.id)
    assert run
    assert is_current(run, example.model_copy(update={"title": "another"}))
    assert not is_current(run, changed)
    assert committed_run(changed) is None
    assert fingerprint(changed) != fingerprint(example)


def test_a_large_network_is_not_certified() -> None:
    """More than 1,000 parameters would fill megabytes with decimals."""
    assert not is_certifiable(NETWORKS["numpy-dnn/324_1"])
