"""Printed texts of the truth, right and one unit in the last place away, and the fixtures that hold them."""
