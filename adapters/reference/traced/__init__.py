"""The reference compiled: one update of its own functions is recorded, written as C, and run at the speed of C."""
