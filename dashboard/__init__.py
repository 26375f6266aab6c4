"""The dashboard: what the release answers, as pages with addresses, served from this machine.

Belongs here: pages, cards, and the small server that renders them. Does not belong here: figures (a mart's work), how a
picture is drawn (pipelines/pictures), what a person types to start it (pipelines/cli/dashboard.py).
"""
