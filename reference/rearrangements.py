"""Named functions that rearrange entries, each beside its backward rule: reshaping, joining, indexing, and replacing a part."""

from collections.abc import Mapping, Sequence

import numpy as np

from reference.comparisons import Array
from reference.functions import ANY_NUMBER, Function, Gradients, Parameters, zeros_like
from reference.layers import augmentation


def transpose_backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """The transposed upstream gradient."""
    return (dy.T,)


def reshape_backward(_: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """The upstream gradient in the operand's shape."""
    return (dy.reshape(arrays[0].shape),)


def stack_backward(parameters: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """The upstream gradient's part of each operand."""
    return tuple(np.asarray(part) for part in np.moveaxis(dy, parameters.get("axis", 0), 0))


def index_backward(parameters: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """The upstream gradient at the entries of the index, 0 at all others."""
    dx = zeros_like(arrays[0])
    dx[parameters["index"]] = dy[()]  # of an array of objects without axes, its one entry
    return (dx,)


def assign(parameters: Parameters, x: Array, entries: Array) -> Array:
    """A copy of ``x`` with ``x[index]`` replaced by ``entries``."""
    copy = x.copy()
    copy[parameters["index"]] = entries[()]  # of an array of objects without axes, its one entry
    return copy


def assign_backward(parameters: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """To ``x`` the upstream gradient without that of the replaced entries, which goes to ``entries``."""
    entries = arrays[1]
    dx, part = np.array(dy), np.asarray(dy[parameters["index"]])
    dx[parameters["index"]] = zeros_like(part)[()]
    return dx, assigned_to(part, entries)


def assigned_to(part: Array, entries: Array) -> Array:
    """The gradient of entries that an assignment broadcast: also NumPy's leading axes of length 1, which it drops."""
    aligned = part.reshape((1,) * max(entries.ndim - part.ndim, 0) + part.shape)
    while aligned.ndim > entries.ndim:
        aligned = np.asarray(aligned.sum(axis=0))
    stretched = tuple(axis for axis, size in enumerate(entries.shape) if size == 1 != aligned.shape[axis])
    return np.asarray(aligned.sum(axis=stretched, keepdims=True)) if stretched else aligned


def is_inside(part: int | slice, extent: int) -> bool:
    """Whether this is a slice with a start and a stop inside an axis of this extent, every entry taken."""
    if not isinstance(part, slice) or part.step is not None or part.start is None or part.stop is None:
        return False
    return bool(0 <= part.start < part.stop <= extent)


def corner(p: Parameters, x: Array) -> tuple[int, int, tuple[int, int]]:
    """The top row, the left column and the size of the crop ``[index]``: a slice of rows and one of columns.

    Raises:
        ValueError: for any other index.

    """
    fits = len(p["index"]) == 2 and all(map(is_inside, p["index"], x.shape[2:]))
    if not fits:
        raise ValueError('the index of a crop must be rows and columns of the image, such as "0:4,1:5"')
    rows, columns = p["index"]
    return rows.start, columns.start, (rows.stop - rows.start, columns.stop - columns.start)


def concatenate_backward(p: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """The upstream gradient, split as the operands were joined."""
    ends = np.cumsum([array.shape[p["axis"]] for array in arrays])
    return tuple(np.split(dy, ends[:-1], axis=p["axis"]))


def split(p: Parameters, x: Array) -> Array:
    """Part number ``part`` of so many equal ``sections`` along an axis.

    Raises:
        ValueError: where the parts are not equal, or an array of several axes is split without ``axis``.

    """
    return np.asarray(np.split(x, p["sections"], axis_of_split(p, x))[p["part"]])


def axis_of_split(p: Parameters, x: Array) -> int:
    """The axis that is split: NumPy's first and an LSTM's last are told apart only by who writes it."""
    if x.ndim != 1 and "axis" not in p:
        raise ValueError(f"an array of {x.ndim} axes; write axis=0, axis=1 or axis=-1")
    return int(p.get("axis", 0))


def split_backward(p: Parameters, arrays: Sequence[Array], y: Array, dy: Array) -> Gradients:
    """The upstream gradient in its part, 0 in the others."""
    x, axis = arrays[0], axis_of_split(p, arrays[0])
    dx = zeros_like(x)
    np.split(dx, p["sections"], axis)[p["part"]][...] = dy
    return (dx,)


def rows(x: Array) -> Array:
    """Every sample in one row."""
    if x.ndim < 2:
        raise ValueError("accepted: samples of at least one axis each")
    return x.reshape(x.shape[0], -1)


REARRANGEMENTS: Mapping[str, Function] = {
    "transpose": Function(lambda _, x: x.T, transpose_backward),
    "reshape": Function(lambda p, x: x.reshape(p["shape"]), reshape_backward, required=("shape",)),
    "flatten": Function(lambda _, x: x.ravel(), reshape_backward),
    "stack": Function(
        lambda p, *arrays: np.stack(arrays, axis=p.get("axis", 0)), stack_backward, (1, ANY_NUMBER), optional=("axis",)
    ),
    "index": Function(lambda p, x: x[p["index"]], index_backward, required=("index",)),
    "split": Function(split, split_backward, required=("sections", "part"), optional=("axis",)),
    "assign": Function(assign, assign_backward, (2, 2), required=("index",)),
}
IMAGE_REARRANGEMENTS: Mapping[str, Function] = {
    "flip": Function(
        lambda p, x: augmentation.flip(x, p["axis"]),
        lambda p, arrays, y, dy: (augmentation.flip(dy, p["axis"]),),
        required=("axis",),
    ),
    "crop": Function(
        lambda p, x: augmentation.crop(x, *corner(p, x)),
        lambda p, arrays, y, dy: (augmentation.crop_backward(arrays[0], *corner(p, arrays[0])[:2], dy),),
        required=("index",),
    ),
    "concatenate": Function(
        lambda p, *arrays: np.concatenate(arrays, axis=p["axis"]), concatenate_backward, (1, ANY_NUMBER), ("axis",)
    ),
    "rows": Function(lambda _, x: rows(x), lambda _, arrays, y, dy: (dy.reshape(arrays[0].shape),)),
}
