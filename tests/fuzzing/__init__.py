"""Inputs made at random and judged: what a clerk, a mapping or a policy file may hold; `python -m tests.fuzzing`.

Each module makes texts from a seeded generator (`make`) and judges a text (`judge`), which raises where the library
does what it never may: a traceback, a lost row, a customer's words in a message, a truth value that Python does not
give.
A text that was found to break something stands in ``corpus/<name>/`` and is judged again with every run of the tests.
"""
