"""How much a rounding error in a descent weighs: known for sums of squares, whose every step multiplies the point by one number."""

from worked_examples import DescentRun, FixtureError, GradientDescentExample


def steepness(example: GradientDescentExample, run: DescentRun) -> float:
    """How much one step's rounding weighs beside the step's result: ``(1 + 2 learning_rate) / |1 - 2 learning_rate|``.

    Raises:
        FixtureError: where the function is not a sum of squares of ``x``, or the learning rate 1/2 leaves nothing to compare with.

    """
    learning_rate = float(run.learning_rate)
    if not is_sum_of_squares(example, run):
        raise FixtureError(
            f"{example.file}: runs.{run.name}.value: '{run.value}' is not a sum of squares of x: no bound for its descent"
        )
    if learning_rate == 1 / 2:
        raise FixtureError(f"{example.file}: runs.{run.name}.learning_rate: at 0.5 every descent ends at 0: no bound for rounding")
    return (1 + 2 * learning_rate) / abs(1 - 2 * learning_rate)


def is_sum_of_squares(example: GradientDescentExample, run: DescentRun) -> bool:
    """Whether the value that is descended is ``sum x^2``."""
    steps = {step.name: step for step in example.nodes}
    total = steps[run.value]
    inner = steps.get(total.operands[0])
    squares = inner is not None and inner.function == "power" and inner.operands[0] == "x"
    return total.function == "sum" and squares and inner is not None and float(example.inputs.get(inner.operands[1], 0)) == 2
