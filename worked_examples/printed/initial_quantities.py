"""The quantities of a network at its initial parameters in float64, and what of ``[quantities]`` cannot be computed of them."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from reference import network
from reference.losses import LOSSES
from reference.optimization import penalties
from worked_examples.number_types import Array, numbers
from worked_examples.printed.quantities import PARAMETERS, Quantity, quantity
from worked_examples.schema.calculations.dry_run import UndefinedError, values_of
from worked_examples.schema.kinds.network import NetworkExample
from worked_examples.schema.kinds.network_print import fault_of
from worked_examples.schema.trainings.learning_rate import given_rates


def formula_faults(example: NetworkExample) -> Iterator[str]:
    """Formulas that cannot be computed of the data, or of further data of which the fixture has them: shapes that do not fit.

    One that is not a number at the initial parameters, such as the root of a negative gradient, may be one where it is printed.
    """
    formulas = (
        Quantity("formula", formula=name, data=data) for name in example.formulas for data in sorted(data_of(example, name))
    )
    for found in formulas:
        if not fault_of(example, found):
            try:
                InitialQuantities(example, found.data).array(found)
            except UndefinedError:
                continue
            except ValueError as error:
                yield f"quantities.{found.formula}: {f'for {found.data}, ' if found.data else ''}{error}"


def data_of(example: NetworkExample, formula: str) -> set[str]:
    """The data that a formula must fit: those of which the fixture names it, and its own ("") where it names it of none."""
    return {found.data for found in named_quantities(example) if found.formula == formula} or {""}


def named_quantities(example: NetworkExample) -> Iterator[Quantity]:
    """The quantities that printed names, names in general, and the operands of formulas mean."""
    for position, block in enumerate(example.blocks):
        yield from (example.quantity(position, name) for name in dict.fromkeys(item.name for item in block.items))
    yield from (quantity(words, example.formulas) for words in example.names.values())
    for formula in example.formulas.values():
        yield from formula.operands.values()


class InitialQuantities:
    """One pass over an example's data, or over further data."""

    def __init__(self, example: NetworkExample, data: str = "") -> None:
        self.example, self.data = example.with_data(data), data
        self.x, self.t = self.example.data.numbers("float64")
        self.design, self.layers = example.network.design("float64"), example.network.parameters("float64")

    @cached_property
    def signals(self) -> network.Signals:
        """Forward."""
        return network.forward(self.design, self.layers, self.x)

    @cached_property
    def gradients(self) -> network.Gradients:
        """Backward, with the gradients of a penalty, and behind those by the outputs of the other layers that by the last ones."""
        found = network.backward(self.design, self.layers, self.x, self.signals, self.t)
        last = network.reduced(self.design, LOSSES[self.design.loss].gradient(self.signals.outputs[-1], self.t), self.t)
        by_parameters = penalties.added(self.design.penalty, self.layers, found.layers)
        return found._replace(layers=by_parameters, outputs=[*found.outputs, last])

    def selected(self, quantity: Quantity) -> Array:
        """The array that a quantity is: transposed, negated, or an entry, as its words say.

        Raises:
            ValueError: where a formula cannot be computed, or an entry lies outside.

        """
        of_data = self if quantity.data in ("", self.data) else InitialQuantities(self.example, quantity.data)
        whole = of_data.array(quantity)
        array = whole.T if quantity.transposed else whole
        if quantity.entry:
            try:
                array = np.asarray(array[quantity.entry])
            except IndexError:
                raise ValueError(f"'{quantity}' lies outside an array of the shape {array.shape}") from None
        return -array if quantity.negated else array

    def array(self, quantity: Quantity) -> Array:
        """The array that a quantity names, as the book writes it; see ``selected``."""
        if quantity.formula:
            formula = self.example.formulas[quantity.formula]
            operands = {name: self.selected(part) for name, part in formula.operands.items()}
            texts = {text: numbers(text, "float64") for text in formula.compiled.constants}
            with np.errstate(all="ignore"):
                return values_of(formula.compiled.nodes, {**operands, **texts}, "'{}'".format)[formula.name]
        return self.example.as_printed(quantity, np.asarray(self.by_rows(quantity)))

    def by_rows(self, quantity: Quantity) -> Array:
        """The array with a row for each sample."""
        part, index = quantity.part, quantity.layer - 1
        if part in PARAMETERS:
            layer, name = self.example.network.layers[index], part.replace(" ", "_")
            arrays = self.gradients.layers if quantity.gradient else self.layers
            return layer.in_fixture_layout(name, getattr(arrays[index], layer.names[name]))
        if part == "pre-activation":
            return (self.gradients if quantity.gradient else self.signals).pre_activations[index]
        if part == "output":
            return (self.gradients if quantity.gradient else self.signals).outputs[index]
        return self.gradients.input if quantity.gradient else np.asarray(self.of_network(part))

    def of_network(self, part: str) -> Array:
        """What is of the whole network."""
        training, rule = self.example.training, LOSSES[self.design.loss]
        terms = network.over_outputs(self.design, rule.terms(self.signals.outputs[-1], self.t), self.t)
        loss = terms.sum() / (len(terms) if self.design.reduction == "mean" else 1)
        penalty = penalties.value(self.design.penalty, self.layers) if self.design.penalty else 0.0
        known = {
            "epoch": float(training.first_epoch) if training else 0.0,
            "learning rate": float(given_rates(training.learning_rate)[0]) if training else 0.0,
            "input": self.x,
            "target": self.t,
            "loss per output": terms,
            "loss per sample": terms.sum(axis=1),
            "loss without penalty": loss,
            "penalty": penalty,
            "loss": loss + penalty,
        }
        return np.asarray(known[part])
