"""Tests of the cases made from the rules."""
