"""What a type of layer is."""

from reference.layer_types.dense import Dense
from reference.layer_types.layer_type import LayerType


def test_a_type_of_layer_has_a_forward_and_a_backward_pass() -> None:
    """The dense layer is one, as the type checker proves too."""
    dense: LayerType = Dense()
    assert callable(dense.forward)
    assert callable(dense.backward)
