"""What laws and densities give: means, probabilities, samples, sums, mixtures, posterior densities."""
