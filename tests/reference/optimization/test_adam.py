"""Adam: bias correction, the place of epsilon, and rounded coefficients."""

from typing import Any

import numpy as np

from reference.optimization.optimizers import trajectory


def test_the_first_step_of_adam_is_the_learning_rate() -> None:
    """Both moments are corrected for their start at 0: without epsilon the step is lr sign(g), whatever beta1 and beta2 are."""
    for name in ("adam", "adam, epsilon hat"):
        (w,) = trajectory(name, np.array([0.0]), [np.array([-4.0])], [0.25], beta1=0.75, beta2=0.75, epsilon=0)
        assert w.item() == 0.25


def test_epsilon_hat_is_added_before_the_bias_correction() -> None:
    """With g = 4 and beta2 = 3/4, sqrt(v) is 2: algorithm 1 divides by 4 + 4, the other form by (2 + 4) / sqrt(1/4) = 12."""
    steps = {
        name: trajectory(name, np.array([0.0]), [np.array([4.0])], [6.0], beta1=0.5, beta2=0.75, epsilon=4)[0].item()
        for name in ("adam", "adam, epsilon hat")
    }
    assert steps == {"adam": -3, "adam, epsilon hat": -2}


def test_rounded_powers_act_in_the_bias_correction_only() -> None:
    """With power2 = 0 the second moment g^2 / 4 is not corrected: the step is doubled."""
    given: dict[str, Any] = {"beta1": 0.5, "beta2": 0.75, "epsilon": 0}
    both = given, {**given, "power2": 0}
    steps = [trajectory("adam", np.array([0.0]), [np.array([4.0])], [1.0], **coefficients)[0] for coefficients in both]
    assert [step.item() for step in steps] == [-1, -2]
