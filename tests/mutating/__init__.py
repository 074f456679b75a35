"""Mutants: the sources with one thing wrong, each held against the tests that run its line.

A test that runs a line need not judge it. `python -m tests.mutating` changes one thing at a time in a copy of the
checkout and says which change no test noticed. It is a tool of our own because tests here read our sources (docstrings
are examples, every message has its Chinese, no module is long): they have to see one changed place and all the rest as
it is, where a tool that keeps all mutants of a function side by side would have them judge what the tool wrote. And the
whole suite cannot be asked about every mutant: only the tests that run its line are.
"""
