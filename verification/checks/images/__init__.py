"""The checks of networks on images."""
