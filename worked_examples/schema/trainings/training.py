"""The training of an example: what one epoch is, what is updated, and when training stops."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from worked_examples.limits import EPOCHS, SIZE
from worked_examples.schema.base import Index, Model, Word
from worked_examples.schema.trainings.learning_rate import LearningRate
from worked_examples.schema.trainings.optimizer import OPTIONS, Optimizer, OptimizerOrName
from worked_examples.schema.trainings.regularization import WeightDecay
from worked_examples.schema.trainings.stopping import NEVER, StoppingCriterion


def whole_or_full(value: Any) -> Any:
    """Check a batch size: a whole number from 1, or the word for all samples."""
    if value != "full" and not (type(value) is int and 1 <= value <= SIZE):
        raise ValueError(f'{value!r} is not a batch size; accepted: "full", or a whole number from 1 to {SIZE:,}')
    return value


def named_or_listed(value: Any) -> str:
    """Whether an order is a name or a list; no key has a blank, so that no message shows this word."""
    return "a list" if isinstance(value, list) else "a name"


SEEDED = ("swap shuffle", "permutation", "with replacement")
SampleList = Annotated[list[Index], Field(min_length=1)]
Order = Annotated[
    Annotated[str, Word("an order", ("sequential", *SEEDED)), Tag("a name")]
    | Annotated[list[SampleList], Field(min_length=1), Tag("a list")],
    Discriminator(named_or_listed),
]


class Training(Model):
    """A training. An epoch is one pass over all samples: one update with the full batch, or one update for each batch in turn.

    The last batch of a pass has what samples are left. The loss of a batch is reduced over its samples as the network's is. Where a
    program counts its updates instead, an epoch is one update, with the next batch in turn.
    """

    optimizer: OptimizerOrName = Field(description="a name, or a table with the optimizer's options")
    rule: Annotated[str, Word("a rule", ("gradient", "perceptron", "updated weights"))] = Field(
        "gradient",
        description="perceptron: of one layer of step units, W = W + lr x (t - y), b = b + lr (t - y); updated weights: the deltas "
        "of a layer are taken from the weights behind it after their update, as some programs do by a slip",
    )
    weight_decay: WeightDecay | None = Field(None, description="in every step; a penalty in the loss is the network's")
    learning_rate: LearningRate = Field(description="a number; a formula; or a list of one number an epoch, the last for the rest")
    max_epochs: Annotated[int, Field(strict=True, ge=1, le=EPOCHS, description="where the book's loop ends")]
    batch_size: Annotated[int | Literal["full"], BeforeValidator(whole_or_full)] = Field("full", description="samples in an update")
    order: Order = Field(
        "sequential",
        description="of the samples within an epoch; swap shuffle: before each epoch, by the swaps of numpy-dnn, 323_1; "
        "permutation: RandomState.permutation before each epoch; with replacement: RandomState.choice for each batch; "
        "or a list for every epoch with the samples in turn, counted from 0, which begins again after its last epoch",
    )
    epoch_counts: Annotated[str, Word("what an epoch counts", ("passes", "updates"))] = Field(
        "passes",
        description="passes over the samples; or updates, each with the next batch, for programs whose printed epoch is a step. An "
        "order is then drawn before each pass, and the learning rate changes from update to update",
    )
    seed: Index | None = Field(
        None,
        description="of an order that is drawn: of random.Random for a swap shuffle, else of numpy.random.RandomState",
    )
    trainable: list[Annotated[str, Word("a parameter", ("kernel", "bias"))]] = Field(
        ["kernel", "bias"], description="the parameters of every layer that are updated; kernels always are"
    )
    first_epoch: Literal[0, 1] = Field(0, description="the number that the book gives the epoch before any update")
    stopping_criterion: StoppingCriterion | None = Field(None, description="absent: training ends after max_epochs")

    @model_validator(mode="after")
    def kernels_trained(self) -> "Training":
        """Kernels are always updated, and no parameter is named twice."""
        if self.trainable not in (["kernel"], ["kernel", "bias"]):
            raise ValueError('trainable: accepted: ["kernel"] and ["kernel", "bias"]')
        return self

    @model_validator(mode="after")
    def order_known(self) -> "Training":
        """An order that is drawn needs a seed and more than one update an epoch, and only it has a seed."""
        if (self.order in SEEDED) != (self.seed is not None):
            raise ValueError(f"seed: must be given with an order that is drawn, and only with it: {', '.join(SEEDED)}")
        if self.seed is not None and self.seed >= 2**32 and self.order != "swap shuffle":
            raise ValueError(f"seed: {self.seed}; accepted for numpy.random.RandomState: 0 to {2**32 - 1}")
        if self.order != "sequential" and self.batch_size == "full":
            what = "a list" if isinstance(self.order, list) else f'"{self.order}"'
            raise ValueError(f"order: {what} needs a batch_size; the order in a full batch does not matter")
        return self

    @model_validator(mode="after")
    def lists_alike(self) -> "Training":
        """All lists of an order make equally many updates."""
        if isinstance(self.order, list) and len({len(row) for row in self.order}) > 1:
            raise ValueError(f"order: lists of different lengths: {[len(row) for row in self.order]}")
        return self

    @model_validator(mode="after")
    def updates_counted(self) -> "Training":
        """Epochs are updates only where a pass over the samples is several updates."""
        if self.epoch_counts == "updates" and self.batch_size == "full":
            raise ValueError("epoch_counts: a full batch is one update a pass; remove epoch_counts, or give a batch_size")
        if self.epoch_counts == "updates" and isinstance(self.order, list):
            raise ValueError("epoch_counts: a list has an order for every epoch; remove epoch_counts, and write one batch in each")
        return self

    @model_validator(mode="after")
    def optimizer_complete(self) -> "Training":
        """An optimizer that is only named needs no option."""
        if isinstance(self.optimizer, str) and (missing := [key for key, value in OPTIONS[self.optimizer].items() if value is ...]):
            given = ", ".join(f'{key} = "..."' for key in missing)
            raise ValueError(f'optimizer: {self.optimizer} needs {missing[0]}; write {{ name = "{self.optimizer}", {given} }}')
        return self

    @model_validator(mode="after")
    def perceptron_is_plain(self) -> "Training":
        """The perceptron's rule, and that of updated weights, are steps of their own."""
        if self.rule == "perceptron" and (self.method.name != "gradient descent" or self.weight_decay):
            raise ValueError("rule: the perceptron's is a step of its own; accepted with it: optimizer = 'gradient descent' alone")
        if self.rule == "updated weights" and not self.constant_rate:
            raise ValueError(
                "rule: 'updated weights'; accepted with it: optimizer = 'gradient descent' alone, at one learning rate"
            )
        return self

    @model_validator(mode="after")
    def decay_trains(self) -> "Training":
        """What decays is updated."""
        if self.weight_decay and (others := [name for name in self.weight_decay.of if name not in self.trainable]):
            raise ValueError(f"weight_decay.of: '{others[0]}' is not trainable; accepted here: {self.trainable}")
        return self

    @property
    def method(self) -> Optimizer:
        """The optimizer with its options."""
        return self.optimizer if isinstance(self.optimizer, Optimizer) else Optimizer(name=self.optimizer)

    @property
    def constant_rate(self) -> str:
        """The learning rate of gradient descent where it never changes, without weight decay; empty for any other training."""
        is_constant = isinstance(self.learning_rate, str) and self.method.name == "gradient descent"
        return str(self.learning_rate) if is_constant and self.weight_decay is None else ""

    @property
    def criterion(self) -> StoppingCriterion:
        """The stopping criterion, or one that never holds."""
        return self.stopping_criterion or NEVER

    @property
    def trains_biases(self) -> bool:
        """Whether biases are updated."""
        return "bias" in self.trainable

    @property
    def expected(self) -> int:
        """The number of epochs that the book gives for the training."""
        return self.criterion.epoch or self.max_epochs

    def updates(self, samples: int) -> int:
        """The number of updates in an epoch."""
        return 1 if self.epoch_counts == "updates" else self.batches(samples)

    def batches(self, samples: int) -> int:
        """The number of batches in a pass over so many samples, or in one list of the order."""
        visited = len(self.order[0]) if isinstance(self.order, list) else samples
        return 1 if self.batch_size == "full" else -(-visited // self.batch_size)

    def is_full_batch(self, samples: int) -> bool:
        """Whether an epoch is one update with all samples."""
        return self.batches(samples) == 1 and not isinstance(self.order, list)
