"""Who is a lender, and what is said about one."""

import numpy as np
import pytest

from adapters import ENGINES, load_engine
from reference.layers.im2col import pair
from reference.losses import LOSSES
from reference.optimization.shuffling import shuffled
from verification.independence.lenders import ROOT, borrowed, lender_of, lenders, shortened, uses
from verification.independence.watcher import Watcher

OTHER = {**ENGINES, "other": ("other_engine", "numpy")}


def test_the_reference_and_the_other_engines_are_lenders() -> None:
    """Formulas, adapters and packages; NumPy, which all use, and an engine's own package are none."""
    folders = lenders("keras", ENGINES)
    assert lender_of(f"{ROOT}/reference/network.py", "forward", folders) == "the reference's"
    assert lender_of(f"{ROOT}/adapters/reference/network.py", "evaluate", folders) == "the reference's"
    assert lender_of(f"{ROOT}/adapters/torch/network.py", "evaluate", folders) == "torch's"
    assert lender_of(f"{ROOT}/adapters/keras/network.py", "evaluate", folders) == ""
    assert lender_of(f"{ROOT}/adapters/schedule.py", "of_epoch", folders) == ""
    assert set(folders.values()) == {"the reference's", "torch's"}


def test_an_engine_from_elsewhere_makes_no_folder_of_ours_a_lender() -> None:
    """Its module is in no package; the framework's own adapter stays its own."""
    assert lender_of(f"{ROOT}/adapters/keras/network.py", "evaluate", lenders("keras", OTHER)) == ""
    assert lender_of(f"{ROOT}/adapters/keras/network.py", "evaluate", lenders("other", OTHER)) == "keras's"


def test_bookkeeping_is_shared() -> None:
    """The order of the samples and the two sizes of a window are not computed results."""
    watcher = Watcher()
    watcher.watch("trainer", lambda: (list(shuffled(3, 2, 1)), pair(2)))
    assert list(borrowed("other", watcher, OTHER)) == []


def test_a_borrower_is_named_with_file_and_function() -> None:
    """One line for each method that borrowed, with the first function of this project that it called."""
    watcher = Watcher()
    watcher.watch("evaluate", LOSSES["half squared error"].value, np.ones((1, 1)), np.zeros((1, 1)))
    (line,) = borrowed("other", watcher, OTHER)
    assert line.startswith("other: evaluate calls reference/losses.py ")
    assert line.endswith(": the numbers are the reference's")


def test_an_engine_that_never_calls_its_package_is_told() -> None:
    """Numbers out of nowhere are not its own; where the package is NumPy, whose functions leave no trace, nothing is said."""
    idle = Watcher()
    idle.watch("evaluate", float, "1.5")
    assert list(borrowed("torch", idle)) == ["torch: no function of the package torch was called: the numbers are not its own"]
    assert list(borrowed("other", idle, OTHER)) == []
    assert list(borrowed("unregistered", idle)) == []


def test_a_function_of_the_package_in_python_or_c_is_enough() -> None:
    """A tensor's method is one."""
    torch = pytest.importorskip("torch")
    load_engine("torch")
    watcher = Watcher()
    watcher.watch("calculate", lambda: torch.zeros(2).numpy())
    assert uses("torch", watcher)
    assert not uses("tensorflow", watcher)


def test_files_are_named_from_the_root_or_from_their_package() -> None:
    """``reference/network.py``, ``torch/nn/functional.py``."""
    assert shortened(f"{ROOT}/reference/network.py") == "reference/network.py"
    assert shortened("/usr/lib/python3/site-packages/torch/nn/functional.py") == "torch/nn/functional.py"
