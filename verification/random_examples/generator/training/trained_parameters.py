"""Which parameters of a layer train, and how its table in a fixture says so."""

from typing import Any

from hypothesis import strategies as st

TOGETHER = ("bias", "recurrent_bias")  # which fixtures train both or neither
WAYS = (*["unsaid"] * 8, "true", "false", "some", "some")


@st.composite
def trained_parameters(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The parameters that train, of these: most often all, without a word; and the key of the layer's table.

    A layer without any may have the key nevertheless, which says nothing.
    """
    match draw(st.sampled_from(WAYS)):
        case "true":
            return names, {"trainable": True}
        case "false":
            return (), {"trainable": False}
        case "some":
            chosen = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
            if set(chosen) & set(TOGETHER):
                chosen += [name for name in names if name in TOGETHER and name not in chosen]
            return tuple(chosen), {"trainable": chosen}
    return names, {}
