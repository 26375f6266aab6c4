"""Pictures of what the release answers: one file a picture, the same for `statecraft plot` and the dashboard.

Belongs here: which question a picture asks in SQL, and how the answer is drawn. Does not belong here: options of
commands (cli/plot.py), figures (a mart's work).
"""
