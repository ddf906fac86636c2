"""Results as people read them: LaTeX, Markdown, plain text, JSON. Nothing here decides what is true."""
