"""The data dictionary: one page, opened offline, of every released table with its columns, checks and lineage.

Belongs here: what is said of a release for people who read rather than query. Does not belong here: dbt's own
documentation (release_papers.py) and the pages of the repository (reference_docs.py).
"""
