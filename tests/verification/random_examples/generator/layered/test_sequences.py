"""How layers of sequences are used."""

from collections.abc import Callable

import numpy as np
import pytest

from verification.random_examples.generator.layered import sequences, units
from verification.random_examples.generator.layered.building import LayerBuilder

Built = Callable[..., list[LayerBuilder]]


@pytest.mark.parametrize(("recipe", "gates"), [(sequences.lstm, sequences.LSTM), (sequences.gru, sequences.GRU)])
def test_gates_are_in_any_order(recipe: Callable[[LayerBuilder], None], gates: tuple[str, ...], built: Built) -> None:
    """Each once; that of the fixtures' default need not be written. States are initial ones or 0, all returned or the last."""
    found = built(recipe, 4, 80)
    assert all(sorted(b.layers[-1].options["gates"]) == sorted(gates) for b in found)
    assert {"gates" in b.tables[-1] for b in found} == {True, False}
    assert any(b.layers[-1].options["gates"] != list(gates) for b in found)
    assert {"initial_state" in b.tables[-1] for b in found} == {True, False}
    assert {len(b.shape) for b in found} == {1, 2}


@pytest.mark.parametrize("recipe", [sequences.recurrent, sequences.lstm, sequences.gru])
def test_kernels_have_either_layout(recipe: Callable[[LayerBuilder], None], built: Built) -> None:
    """Both kernels the same; the bias is as wide as all gates."""
    found = built(recipe, 4, 60)
    for table in (b.tables[-1] for b in found):
        kernels = [table["kernel"], table["recurrent_kernel"]]
        wide = [len(kernel) if table.get("layout") == units.LAYOUTS[1] else len(kernel[0]) for kernel in kernels]
        assert wide == [len(table["bias"])] * 2
    assert {b.tables[-1].get("layout") for b in found} == {None, *units.LAYOUTS}


def test_a_gru_has_two_biases_where_the_reset_gate_is_behind_the_product(built: Built) -> None:
    """Both forms."""
    found = {(b.tables[-1]["reset"], "recurrent_bias" in b.tables[-1]) for b in built(sequences.gru, 4, 40)}
    assert found == {("before", False), ("after", True)}


def test_an_lstm_has_a_cell_state(built: Built) -> None:
    """Written now and then."""
    assert {"initial_cell" in b.tables[-1] for b in built(sequences.lstm, 4, 40)} == {True, False}


def test_attention_is_of_a_sequence_to_itself_or_of_layers_on_it(built: Built) -> None:
    """Queries of twice as many times are never masked."""
    found = built(sequences.attention, 4, 80)
    inputs = [b.layers[-1].inputs for b in found]
    assert {len(set(numbers)) for numbers in inputs} == {1, 2, 3}
    longer = [b for b in found if b.shapes[b.layers[-1].inputs[0]][0] != b.shapes[b.layers[-1].inputs[1]][0]]
    assert longer
    assert not any(b.layers[-1].options["causal"] for b in longer)
    assert {b.layers[-1].options["causal"] for b in found} == {True, False}


def test_masks_of_attention_are_of_one_sample_or_of_all(built: Built) -> None:
    """Every query sees a key, no later one where it is causal; one mask for each sample needs the full batch."""
    found = [b for b in built(sequences.attention, 4, 150) if "mask" in b.tables[-1]]
    kinds = set()
    for b in found:
        mask, causal = b.layers[-1].options["mask"], b.layers[-1].options["causal"]
        rows = mask.reshape(-1, *mask.shape[-2:]) > 0
        assert all((np.tril(sample) if causal else sample).any(axis=1).all() for sample in rows)
        kinds.add((causal, mask.ndim, b.is_full_batch))
    assert kinds == {(causal, *shape) for causal in (False, True) for shape in ((2, False), (3, True))}
