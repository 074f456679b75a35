"""Measurements, run by hand: `python -m benchmarks.report` prints every ratio from one run."""
