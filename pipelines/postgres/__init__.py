"""A copy of the release in PostgreSQL, for tools that ask a server: `statecraft push`.

Belongs here: everything that speaks to PostgreSQL. Does not belong here: what a release holds (release.py).
"""
