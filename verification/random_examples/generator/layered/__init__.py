"""Random networks of layers in a graph: how each type of layer is used, by its name in fixtures."""
