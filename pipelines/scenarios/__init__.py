"""What rates would be if the law were otherwise: scenarios, a YAML file each.

Belongs here: reading scenarios, laying the shipped ones beside raw, working out a user's over a release. Does not
belong here: the arithmetic (models/intermediate/scenario), how a result is shown (cli/scenario.py).
"""
