"""What engines compute, once in a session: trainings, quantities, counts, endings in smaller types."""
