"""What BI tools are given: dashboards over the headline numbers.

Belongs here: bundles that tools import. Does not belong here: the numbers (docs/queries/headline).
"""
