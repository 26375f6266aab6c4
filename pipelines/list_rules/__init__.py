"""Rules that change lists of parties: which there are, which one a citation names, and what a rule says it does."""
