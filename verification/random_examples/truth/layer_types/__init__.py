"""The types of a network's layers in the oracle: pre-activations from weights, options and inputs, as the papers have them."""
