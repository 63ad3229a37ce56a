"""What rounding may do to a calculation or a training: proved bounds, and numbers that overflow."""
