"""The oracle's gradients agree with PyTorch's autograd."""

from collections.abc import Callable

import mpmath
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

pytest.importorskip("torch", reason="the second opinion is PyTorch's")

from verification.random_examples.generator.calculations import graphs
from verification.random_examples.truth import autograd
from verification.random_examples.truth.graph import Graph
from verification.random_examples.truth.numbers import DIGITS, array, size

FEW = settings(
    max_examples=5,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


@pytest.mark.parametrize("function", sorted(autograd.FUNCTIONS))
def test_gradients_of_calculations_agree(function: str) -> None:
    """Every gradient of a random calculation of known functions is autograd's, to 10 digits."""

    @FEW
    @given(st.data())
    def agree(data: st.DataObject) -> None:
        with mpmath.workdps(DIGITS):
            builder = data.draw(graphs(function, sorted(autograd.FUNCTIONS)))
            final = builder.steps[-1]["name"]
            upstream = array(builder.graph.values[final] * 0 + 1)
            for name in builder.graph.values:
                if name not in builder.settings and size(builder.graph.values[final]) < 1e6:
                    assert autograd.disagreement(builder.graph, final, upstream, name) < autograd.AGREEMENT

    agree()


def test_a_wrong_gradient_is_a_disagreement(graph_of: Callable[..., Graph], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a function that PyTorch computes otherwise, the gradients do not agree."""
    graph = graph_of("exp")
    monkeypatch.setitem(autograd.FUNCTIONS, "exp", autograd.plain(lambda x: 2 * x.exp()))
    assert autograd.disagreement(graph, "y", np.array(mpmath.mpf(1), dtype=object), "x") > 0.1
