"""Checks of what was derived: step by step, by numbers, by enclosures. Imports the language and nothing that searches."""
