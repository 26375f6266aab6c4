"""Whom an ownership rule reaches beyond a list: edges of ownership, listed parties among them, and their closure.

Belongs here: everything between raw tables of owners and lists and the tables `ownership__*` that staging reads.
Does not belong here: publishers' formats (sources/), matching of names (names/), whether a rule is in force (core).
"""
