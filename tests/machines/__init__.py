"""The same answers on whatever machine: environments of the interpreter, ways of installing, other Pythons."""
