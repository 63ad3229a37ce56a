"""What hypothesis draws: by the seed alone."""

from typing import Any

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

BY_SEED = "epoch79 by seed"


class BySeed(HypothesisProvider):
    """Hypothesis's own draws without the constants that it reads in the source of whatever local modules are imported just then."""

    def _maybe_draw_constant(self, *_: Any, **__: Any) -> None:
        """Return no constant: with them the same seed would make other examples in another process."""


AVAILABLE_PROVIDERS[BY_SEED] = f"{__name__}.{BySeed.__name__}"
