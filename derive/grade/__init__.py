"""Judging what people hand in: claims for Z and p, and derivations line by line."""
