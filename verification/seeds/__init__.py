"""Unreproducible results: where each lies among the results of many seeds."""
