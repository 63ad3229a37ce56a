"""What the conventions of all engines share: the accepted calls, and arrays in another layout."""

from collections.abc import Collection, Mapping

import numpy as np

from adapters.protocol import Array
from worked_examples.errors import FixtureError, nearest
from worked_examples.schema.framework_call import FrameworkCall

CallNames = Mapping[str, Collection[str]]


def check_call(call: FrameworkCall, family: str, accepted: CallNames, engine: str) -> None:
    """Refuse a call whose name, or that of what comes before it, is not accepted.

    Raises:
        FixtureError: naming the call, the family and the nearest accepted name.

    """
    if family not in accepted:
        raise FixtureError(f"'{family}' is not a family of conventions; {nearest(family, accepted)}")
    for name in call.calls():
        if name not in accepted[family]:
            raise FixtureError(f"'{name}' is not an accepted {family} call of {engine}; {nearest(name, accepted[family])}")


def rearranged(array: Array, call: FrameworkCall, name: str) -> Array:
    """An array of the book in the layout of a call: its gates in another order, then its axes."""
    if call.gates and name not in ("input", "output"):
        gates = np.split(array, len(call.gates), axis=-1)
        array = np.concatenate([gates[gate] for gate in call.gates], axis=-1)
    return np.transpose(array, call.axes[name]) if name in call.axes else array
