"""Certified values: what they prove, and that nothing wrong gets into or out of their files."""

import json
from decimal import Decimal
from pathlib import Path

import flint
import numpy as np
import pytest
from verification.checks.networks import CHECKS

from adapters import Parameters
from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
from verification import session
from verification.certification import certified, command
from verification.certification.ball_training import BallTrainer, PrecisionError, more
from verification.certification.certified import Certified, Value, value
from verification.checks.epochs import safety
from verification.session import Case
from verification.verdicts import Verdict
from worked_examples import NetworkExample, load_all

EXAMPLES = load_all()
NEVER = "numpy-dnn/323_1"  # its stop rule does not hold in the epochs of its loop
NETWORKS = {name: e for name, e in EXAMPLES.items() if isinstance(e, NetworkExample) and certified.affordable(e)}
TRAINED = {name: example for name, example in NETWORKS.items() if example.training}
STOPPED = {
    name: example for name, example in TRAINED.items() if example.training and example.training.stopping_criterion and name != NEVER
}


def read(name: str) -> Certified:
    """The certified file of an example, which must be there and current."""
    found = certified.of(EXAMPLES[name])
    assert found, f"{name} has no current certified file: python -m verification.certification.command --update"
    return found


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_has_a_current_certified_file(name: str) -> None:
    """The committed file was computed from this very fixture, and every value has 25 digits or is exact."""
    texts = [entry for pair in read(name).course[0] for array in pair for entry in array.ravel()]
    assert texts
    for evaluation in read(name).table["evaluations"].values():
        known = value(evaluation["loss"])
        assert known.within <= abs(known.decimal) * Decimal("1e-24")


@pytest.mark.parametrize("name", STOPPED)
def test_the_certified_losses_straddle_the_threshold(name: str) -> None:
    """The loss before the stop epoch is certainly not below the threshold, the loss at it certainly is: the count is proved."""
    example, known = TRAINED[name], read(name)
    assert example.training is not None
    assert known.stop is not None
    threshold = Decimal(example.training.criterion.threshold)
    before, at = known.loss(known.stop - 1), known.loss(known.stop)
    assert before.decimal - before.within >= threshold > at.decimal + at.within
    if example.training.criterion.epoch is not None:
        assert known.stop == example.training.criterion.epoch - example.training.first_epoch


def test_a_value_on_a_rounding_boundary_is_undecided() -> None:
    """Where the exact value may lie on either side of a boundary, no verdict is given; an exact one is judged."""
    near = Value(Decimal("0.1250000000000000000000000"), Decimal("5e-26"))
    assert near.judge("0.12").verdict is Verdict.UNDECIDED
    assert near.judge("0.125").verdict is Verdict.CONFIRMED
    assert value("0.125").within == 0
    assert value("0.1250000000000000000000000").within == Decimal("5e-26")


def test_a_verdict_says_how_many_further_digits_are_guaranteed() -> None:
    """Beside the certified value stands how far its digits go beyond the printed ones."""
    assert value("1.5714").shown("1.571") == "certified 1.5714 (exact)"
    known = value("1.571428571428571428571429")
    assert known.shown("1.571") == "certified 1.571428571428571428571429 (21 further digits guaranteed)"


def test_a_certified_text_is_the_exact_value_rounded() -> None:
    """A wide ball gives no text; a narrow one 25 digits; an exact short one its own."""
    with flint.ctx.workprec(200):
        assert command.text(flint.arb(1) / 3) == "0.3333333333333333333333333"
        assert command.text(flint.arb(0.125)) == "0.125"
        assert command.text(flint.arb(0)) == "0"
        assert command.text(flint.arb(100)) == "100"
        assert command.text(flint.arb(3595825969238802739) / 2**61) == "1.559440931091401827315174"
        assert command.text(flint.arb(0.1)) == "0.1000000000000000055511151"
    with flint.ctx.workprec(60), pytest.raises(ArithmeticError, match=r"does not decide 25 digits$"):
        command.text(flint.arb(1) / 3)


def test_too_few_bits_are_noticed_and_raised() -> None:
    """A training in balls at too little precision says at which epoch; the next attempt gets more bits."""
    example = TRAINED["numpy-dnn/316_1"]
    with pytest.raises(PrecisionError) as lost:
        BallTrainer(example, 100, lambda _: None).advance(665)
    assert 0 < lost.value.epoch < 665
    assert more(192, 500, 665) == 768
    assert more(3072, 1000, 4000) > 4 * (3072 - 96)


def test_a_changed_value_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A committed digit that differs from the recomputed one is reported with its file and key."""
    name = "numpy-dnn/314_1"
    fresh = command.compute(TRAINED[name], lambda _: None)
    monkeypatch.setattr(command, "BUILD", tmp_path)
    command.write(name, fresh, tmp_path)
    assert command.difference(name) == ""
    command.write(name, {**fresh, "stop": 173}, tmp_path)
    assert command.difference(name).startswith(f"{name}: stop differ; compare ")
    assert not list(tmp_path.rglob("*.part"))


def test_an_interrupted_run_goes_on_with_what_is_not_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finished examples are kept, unless the code has changed since."""
    monkeypatch.setattr(command, "BUILD", tmp_path / "certified")
    command.resume()
    chosen = {name: TRAINED[name] for name in ("numpy-dnn/314_1", "numpy-dnn/313_1")}
    command.write("numpy-dnn/314_1", json.loads(certified.path("numpy-dnn/314_1").read_text(encoding="utf-8")), command.BUILD)
    command.resume()
    assert list(command.pending(chosen)) == ["numpy-dnn/313_1"]
    monkeypatch.setattr(command, "code", lambda: "other code")
    command.resume()
    assert sorted(command.pending(chosen)) == sorted(chosen)


class Float32Rate(Engine):
    """A learning rate that was kept in float32 on its way."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """As the reference, with the leak."""
        trainer = super().trainer(example, dtype, compiled)
        trainer.learning_rate = trainer.learning_rate.astype(np.float32).astype(np.float64)
        return trainer


def test_a_float32_leak_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A learning rate of float32 in a run called float64 fails after the first step, and the quantity is named."""
    right = session.adapter
    monkeypatch.setattr(session, "adapter", lambda name: Float32Rate() if name == "leaky" else right(name))
    with pytest.raises(pytest.fail.Exception) as caught:
        CHECKS["float64"](Case(TRAINED["numpy-dnn/311_1"], "leaky"), {})
    assert "layer 1 kernel after the first step: " in str(caught.value)
    assert "correct digits, 12 at least in float64" in str(caught.value)
    session.forget()


def test_a_count_close_to_the_threshold_is_called_fragile() -> None:
    """An engine whose loss is wrong by more than a tenth of the distance to the threshold has a fragile count."""
    case, known = Case(TRAINED["numpy-dnn/311_1"], "reference"), read("numpy-dnn/311_1")
    finished = session.run(case)
    assert safety(case, finished, known) > 1e6
    loose = finished._replace(losses={epoch: float(loss) * 1.1 for epoch, loss in finished.losses.items()})
    assert safety(case, loose, known) < 10


def test_certified_parameters_enclose_the_computed_ones() -> None:
    """The exact parameters lie within their certified balls, and a float64 run within 1e-12 of them, far inside its bound."""
    (kernel, bias), *_ = read("numpy-dnn/311_1").course[79]
    got: Parameters = session.run(Case(TRAINED["numpy-dnn/311_1"], "reference")).parameters[79][0]
    for balls, floats in ((kernel, got.kernel), (bias, got.bias)):
        for ball, number in zip(balls.ravel(), floats.ravel(), strict=True):
            assert float(ball.rad()) <= 1e-24 * abs(number) * 10
            assert abs(float((ball - flint.arb(float(number))).abs_upper())) <= 2.8e-12  # the divergence_bounds bound of this run
