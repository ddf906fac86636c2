"""How people write: documents and lines taken apart, spellings, heads, words, notation, and what a formula says by them."""
