"""Derivations line by line: what each line states, and the verdict on it."""
