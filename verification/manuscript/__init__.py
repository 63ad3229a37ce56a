"""The documents' own text: what a fixture says is printed is looked for there."""
