"""The studies of backprop-notes, chapter 3: small networks on XOR in Keras's defaults, shuffled by ``fit``.

The fixtures run a swap shuffle with a seed; the seeds here run what Keras does, a new permutation in each epoch.
"""

from collections.abc import Mapping

import numpy as np

from adapters import Array
from verification.seeds import measures
from verification.seeds.setups import Setup
from verification.seeds.study import SeedResults, SeedStudy, snapshots, training_setup
from verification.seeds.trainings import SeedTrainings

EPOCHS = (0, 1000, 2000, 3000)
ORDER = "permutation"
FUNCTIONAL, WIDE = "backprop-notes/xor-functional", "backprop-notes/xor-functional-wide"
FOUR_INPUTS, SEQUENTIAL = "backprop-notes/xor-four-inputs", "backprop-notes/xor-sequential"


def xor(trainings: SeedTrainings, *examples: str) -> SeedResults:
    """The printed outputs of networks on XOR, each at its epoch, and whether XOR is solved there."""
    results = SeedResults([], {})
    for setup, printed in ((training_setup(name, ORDER), printed) for name in examples for printed in snapshots(name)):
        outputs, targets = trainings.outputs_at(setup, EPOCHS)[int(printed.epoch)], np.array(setup.targets)
        label = f"{setup.label}, epoch {int(printed.epoch):,}"
        results.quantities.extend(measures.table_quantities(label, printed.outputs, outputs, targets))
        solved = f"{label}: XOR is solved (all four outputs on the right side of 0.5)"
        results.claims[solved] = measures.fraction(measures.all_correct(outputs, targets))
    return results


def errors_at(setup: Setup, trainings: SeedTrainings) -> dict[int, Array]:
    """The mean squared error of every seed ``(seeds,)`` at each recorded epoch."""
    targets = np.array(setup.targets)
    return {at: measures.mean_squared_error(outputs, targets) for at, outputs in trainings.outputs_at(setup, EPOCHS).items()}


def functional(trainings: SeedTrainings) -> SeedResults:
    """backprop-notes/xor-functional: 2-2-1 after 1,000, 2,000 and 3,000 epochs, 2-3-1 after 3,000."""
    narrow, wide = (errors_at(training_setup(name, ORDER), trainings) for name in (FUNCTIONAL, WIDE))
    decreasing = measures.strictly_decreasing([narrow[epoch] for epoch in EPOCHS[1:]])
    claims = {
        "more epochs help: the mean squared error falls from 1,000 to 2,000 to 3,000 epochs": measures.fraction(decreasing),
        "a wider hidden layer is no better: of all pairs of a 2-3-1 and a 2-2-1 run, its mean squared error is no smaller": (
            measures.fraction_of_pairs(wide[EPOCHS[-1]], narrow[EPOCHS[-1]])
        ),
    }
    results = xor(trainings, FUNCTIONAL, WIDE)
    return results._replace(claims=results.claims | claims)


KERAS = {
    "recorded_epochs": list(EPOCHS),
    "outputs": "of the weights after the last update",
    "loss": (
        "Keras's squared error of one sample and one output is twice the half squared error: "
        "the learning rate is the fixture's times 2"
    ),
    "float32": "Keras computes in float32; the seeds are in float64",
}
REMARK = (
    "0.905 of 2-3-1 is not padded to 8 decimals as NumPy would: digits may have been lost; "
    "the percentile is that of the printed text"
)
XOR: Mapping[str, SeedStudy] = {
    FUNCTIONAL: SeedStudy((FUNCTIONAL, WIDE), KERAS | {"remark": REMARK}, functional, ORDER),
    FOUR_INPUTS: SeedStudy((FOUR_INPUTS,), KERAS, lambda trainings: xor(trainings, FOUR_INPUTS), ORDER),
    SEQUENTIAL: SeedStudy((SEQUENTIAL,), KERAS, lambda trainings: xor(trainings, SEQUENTIAL), ORDER),
}
