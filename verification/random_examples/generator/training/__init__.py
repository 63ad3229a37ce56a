"""Random losses, targets, stopping criteria, and units with a rule of their own: what belongs to a training but its steps."""
