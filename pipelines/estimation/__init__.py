"""What tariffs did to trade, by published specifications: samples from the marts, fits, and the table of estimates.

Belongs here: econometrics over core. Does not belong here: the models the samples come from, or how estimates are
released (models/), or the Dagster assets they are (estimation_assets.py).
"""
