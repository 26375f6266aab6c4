"""What is measured, and against what: `python -m benchmarks`, or `make bench`.

Belongs here: measurements, each with a docstring that says what is compared with what.
Does not belong here: right or wrong (tests/).
"""
