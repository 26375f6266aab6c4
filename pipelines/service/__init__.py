"""The warehouse left to itself: what keeps it running, what it says when something fails, and what it clears away.

Belongs here: the service around the main job. Does not belong here: what a refresh does, when sources are asked
(schedules.py).
"""
