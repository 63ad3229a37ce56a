"""A compiled loop of either framework that stops one epoch late, and only where nothing interrupts it."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters import Engine, load_engine
from verification.records import Findings, Outcome
from worked_examples import NetworkExample

Judged = Callable[..., Findings]
LONG, ONLINE = "numpy-dnn/318_3", "ours/one-by-one"


def late_keras() -> Engine:
    """Keras with a loop whose criterion tests the loss before the last epoch; where the loop begins it tests the right one."""
    import tensorflow as tf  # noqa: PLC0415 -- only where the test runs

    from adapters.keras import compiled_training, engine, training  # noqa: PLC0415

    class Late(compiled_training.CompiledTrainer):
        def train(self, epoch: Any, limit: Any, epoch_loss: Any) -> Any:
            order: Any = self.sample_order
            full = order is None
            loss = self.loss_and_outputs(*self.data)[0] if full else epoch_loss

            def train_epoch(now: Any, _: Any, newest: Any) -> Any:
                trained = self.full_batch_epoch(now, newest) if full else self.batched_epoch(order, now, newest)
                return trained[0], newest, trained[1]

            reached, _, newest = tf.while_loop(
                lambda now, tested, _: self.should_continue(now, limit, tested), train_epoch, (epoch, loss, loss)
            )
            return reached, newest

    class Faulty(engine.Engine):
        def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> training.Trainer:
            return (Late if compiled else training.Trainer)(example, dtype)

    return Faulty()


def late_torch() -> Engine:
    """PyTorch with such a loop."""
    import torch  # noqa: PLC0415
    from torch._higher_order_ops.while_loop import while_loop  # noqa: PLC0415

    from adapters.torch import compiled_training, engine, training  # noqa: PLC0415

    class Late(compiled_training.CompiledTrainer):
        def train_full_batches(self, left: Any, _: Any, vector: Any, *state: Any) -> Any:
            def update(left: Any, _: Any, newest: Any, vector: Any) -> Any:
                gradient = torch.func.grad(self.loss_of)(vector, *self.data)
                new = self.stepped(vector, gradient, ())[0]
                return left - 1, newest.clone(), self.loss_of(new, *self.data), new

            loss = self.loss_of(vector, *self.data)
            state = while_loop(
                lambda left, tested, *_: (left > 0) & self.should_continue(tested), update, (left, loss, loss.clone(), vector)
            )
            return state[0], state[2], state[3]

        def train_updates(self, left: Any, position: Any, epoch_loss: Any, vector: Any, *state: Any) -> Any:
            order = self.sample_order
            assert order is not None

            def should_continue(left: Any, position: Any, tested: Any, *_: Any) -> Any:
                return (left > 0) & ((position % self.updates != 0) | self.should_continue(tested))

            def update(left: Any, position: Any, tested: Any, newest: Any, vector: Any) -> Any:
                sample = order.view(-1).index_select(0, position.view(1))
                x, t = [array.index_select(0, sample) for array in self.data]
                gradient, loss = torch.func.grad_and_value(self.loss_of)(vector, x, t)
                begins = position % self.updates == 0
                total = torch.where(begins, 0, newest) + loss
                new = self.stepped(vector, gradient, ())[0]
                return left - 1, (position + 1) % order.numel(), torch.where(begins, newest, tested), total, new

            state = while_loop(should_continue, update, (left, position, epoch_loss, epoch_loss.clone(), vector))
            return state[0], state[1], state[3], state[4]

    class Faulty(engine.Engine):
        def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> training.Trainer:
            return (Late if compiled else training.Trainer)(example, dtype)

    return Faulty()


FAULTY = {"keras": late_keras, "torch": late_torch}


@pytest.fixture(params=FAULTY)
def late(request: pytest.FixtureRequest) -> Engine:
    """Each framework with the late loop."""
    load_engine(request.param)
    return FAULTY[request.param]()


def test_a_loop_that_stops_late_fails_by_name(late: Engine, network: Callable[[str], NetworkExample], judged_in_one: Any) -> None:
    """The epoch fails although the loop, begun anew at the printed epochs, stops right; that both stops differ fails too."""
    epochs, compiled = judged_in_one(("epochs", "compiled"), network(LONG), late)
    assert epochs.outcome is compiled.outcome is Outcome.FAILED
    assert epochs.problems[0].startswith("stop at epoch 56962, certified epoch 56961 (loss < 0.0001; the loss there is ")
    assert compiled.problems == [
        "the compiled loop stops after 56962 epochs without interruption, after 56961 epochs begun anew at checkpoints"
    ]


def test_an_online_loop_that_stops_late_fails_by_name(
    late: Engine, network: Callable[[str], NetworkExample], judged_in_one: Any
) -> None:
    """Where an epoch is several updates too."""
    example = network(ONLINE)
    assert example.training
    longer = example.model_copy(update={"training": example.training.model_copy(update={"max_epochs": 1000})})
    (epochs,) = judged_in_one(("epochs",), longer, late)
    assert epochs.problems[0].startswith("stop at epoch 58, certified epoch 57 (loss < 0.01; the loss there is ")
