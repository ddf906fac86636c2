"""Densities that others publish, held against what they claim: that their total over the declared support is 1."""
