"""Variants of a problem for the students of a class: drawn from a seed, solved like any problem, written down with sheets and a key."""
