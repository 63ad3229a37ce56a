"""What the arithmetic that a page states gives for its numbers: exact, float64, float32, or a chain of rounded intermediates."""
