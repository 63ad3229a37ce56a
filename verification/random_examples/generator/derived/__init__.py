"""What is derived from a network's quantities at random: formulas, further data, rows of logs."""
