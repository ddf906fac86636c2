"""Whether two expressions are equal, and what totals inside them are: closed forms, enclosures, identities."""
