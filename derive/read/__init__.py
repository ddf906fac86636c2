"""Text, LaTeX and problem files to problems. What a user wrote is parsed here, never run."""
