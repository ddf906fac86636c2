"""Final answers that are no Z or p: a law by its name, a density point by point, means, generating functions."""
