"""Out of a release into other programs' files: what is written, and one file for each form.

Belongs here: a table or a query's answer as a file whose columns keep their units. Does not belong here: what a person
types (cli/export.py), and pushing tables into another database.
"""
