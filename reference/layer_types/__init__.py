"""The types of a network's layers, one small record each, with a forward and a backward pass in any number type."""
