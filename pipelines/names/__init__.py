"""Names of parties: one way of writing them, and matching them in bulk.

Belongs here: what makes two printed names one name, for any list and any user's file. Does not belong here: which
entries are one party (identity across lists), or what a person sees (cli/screen.py).
"""
