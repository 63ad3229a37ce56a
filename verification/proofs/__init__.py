"""The proofs of errata: what their names stand for."""
