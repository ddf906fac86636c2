"""The words that everything else is written in. Data only: nothing here searches, proves or prints prose."""
