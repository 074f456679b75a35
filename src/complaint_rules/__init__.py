"""Complaint-handling rules of financial institutions as data: a complaint in, a cited decision out."""
