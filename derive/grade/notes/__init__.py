"""Whole documents, display by display: what they declare, and their steps."""
