"""Random iterations: calculations of which a part is repeated, with states, derivatives and conditions."""
