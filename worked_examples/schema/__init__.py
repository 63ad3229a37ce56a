"""What a fixture may say: one module per table of a fixture."""
