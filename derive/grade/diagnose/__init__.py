"""The usual mistakes as data, which of them was made, and hints."""
