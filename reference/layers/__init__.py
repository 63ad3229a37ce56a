"""Layers, each with its forward and backward pass: convolution, pooling, normalization, dropout, recurrent and gated layers."""
