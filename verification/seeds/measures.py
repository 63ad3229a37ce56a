"""What is measured of the outputs of many seeds: errors of a printed table, and the fractions of seeds for which claims hold.

Outputs are ``(samples, outputs, seeds)``, targets ``(samples, outputs)``, a printed table is nested texts ``(samples, outputs)``.
"""

from typing import TypeAlias

import numpy as np

from adapters import Array
from verification.seeds.percentiles import Quantity, n_decimals

PrintedOutputs: TypeAlias = tuple[tuple[str, ...], ...]
NEAREST = "largest difference from the nearest seed"


def rounded(outputs: Array, printed: PrintedOutputs) -> Array:
    """The outputs, each rounded to the decimals of the printed text in its position."""
    pairs = zip(outputs, printed, strict=True)
    return np.array([[np.round(v, n_decimals(text)) for v, text in zip(row, texts, strict=True)] for row, texts in pairs])


def nearest(outputs: Array, point: Array, without: int | None = None) -> float:
    """The greatest difference of a number between ``point (numbers,)`` and its nearest seed in ``outputs (numbers, seeds)``.

    ``without`` is a seed that is left out.
    """
    distance = np.abs(outputs - point[:, np.newaxis]).max(axis=0)
    if without is not None:
        distance[without] = np.inf
    return float(distance.min())


def mean_squared_error(outputs: Array, targets: Array) -> Array:
    """The mean squared error of each seed ``(seeds,)``."""
    return np.asarray(((outputs - targets[..., np.newaxis]) ** 2).mean(axis=(0, 1)))


def table_errors(outputs: Array, targets: Array) -> dict[str, Array]:
    """The errors of a whole table, ``(seeds,)`` each."""
    return {
        "mean squared error": mean_squared_error(outputs, targets),
        "largest distance of an output from its target": np.abs(outputs - targets[..., np.newaxis]).max(axis=(0, 1)),
    }


def single_outputs(label: str, printed: PrintedOutputs, outputs: Array) -> list[Quantity]:
    """Every printed output by itself."""
    return [
        Quantity(f"{label}, output [{row}, {column}]", text, outputs[row, column])
        for row, texts in enumerate(printed)
        for column, text in enumerate(texts)
    ]


def whole_table(label: str, printed: PrintedOutputs, outputs: Array, targets: Array) -> list[Quantity]:
    """What follows from a printed table as a whole: its errors, and the distance to its nearest seed."""
    page, known = np.array(printed, float), np.asarray(~np.isnan(outputs).any(axis=(0, 1)))
    seeds = rounded(outputs[..., known], printed)
    of_page, of_seeds = table_errors(page[..., np.newaxis], targets), table_errors(seeds, targets)
    flat = seeds.reshape(-1, seeds.shape[-1])
    of_page[NEAREST] = np.array([nearest(flat, page.ravel())])
    of_seeds[NEAREST] = np.array([nearest(flat, seed, index) for index, seed in enumerate(flat.T)])
    return [
        Quantity(f"{label}, {name}", f"{of_page[name][0]:.6f}", among_all(of_seeds[name], known), derived=True) for name in of_page
    ]


def among_all(values: Array, known: Array) -> Array:
    """The values of the seeds that have one, and nan for the others; ``known`` is a mask of all seeds."""
    every = np.full(known.shape, np.nan)
    every[known] = values
    return every


def table_quantities(label: str, printed: PrintedOutputs, outputs: Array, targets: Array) -> list[Quantity]:
    """All quantities of a printed table: every output, then what follows from all of them."""
    return single_outputs(label, printed, outputs) + whole_table(label, printed, outputs, targets)


def fraction(holds: Array) -> float:
    """The fraction of seeds for which a claim holds."""
    return float(np.mean(holds))


def all_correct(outputs: Array, targets: Array) -> Array:
    """For each seed, whether every output is on its target's side of 0.5; nan is on no side."""
    return np.all(~np.isnan(outputs) & ((outputs > 0.5) == (targets[..., np.newaxis] > 0.5)), axis=(0, 1))
