"""Tables of a calculation: its steps, their sizes, one pass through them, and how often they are repeated."""
