"""Networks whose tables do not fit together are refused, with the key."""

from pathlib import Path

import pytest

from worked_examples import FixtureError, load, load_all


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "seed = 1\n\n[training.stopping_criterion]",
            "\n[training.stopping_criterion]",
            "training.seed: must be given with a swap shuffle, and only with it",
        ),
        ("batch_size = 1", 'batch_size = "full"', 'training.order: "swap shuffle" needs batch_size = 1; '),
        ("batch_size = 1", 'batch_size = "two"', "training.batch_size"),
        ("units = [7, 8, 4]", "units = [7, 4]", "network.random: 1 layers, 2 activations, 2 distributions"),
        ("units = [7, 8, 4]", "units = [6, 8, 4]", "data: 7 inputs and 4 targets, but the network has 6 and 4"),
        ('O = "output"', "", "'O' has no entry in [names]; known: epoch, T"),
    ],
)
def test_what_does_not_fit_together_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A fixture whose training, random weights or names do not fit together is an error that names the key."""
    text = load_all()["numpy-dnn/323_1"].file.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "numpy-dnn" / "323_1.toml"
    file.parent.mkdir()
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FixtureError) as caught:
        load(file)
    assert message in str(caught.value)
