"""A user's own names against the lists of a release.

Belongs here: reading the user's file (asked.py), the names in force on a day (listed.py), and the matches between
the two (screen.py). Does not belong here: how alike two names are (names/), what a person sees (cli/screen.py).
"""
