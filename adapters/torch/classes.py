"""Which class is predicted, and how surely, in PyTorch."""

import torch
from torch import Tensor


def metrics(y: Tensor, t: Tensor) -> tuple[Tensor, Tensor]:
    """The number of correctly classified samples and the minimum margin of outputs; ``t`` are rows or labels."""
    largest = torch.topk(y, 2)
    labels = t.argmax(dim=-1) if t.is_floating_point() else t
    return (largest.indices[:, 0] == labels).sum(), (largest.values[:, 0] - largest.values[:, 1]).min()
