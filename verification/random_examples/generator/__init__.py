"""Random calculations and networks: hypothesis strategies over everything that fixtures can express."""
