"""The language of tariff rates: what a text of the schedule's three rate columns says.

    text.py       blanks, markup and known misprints
    rates.lark    the grammar of one rate
    rate.py       what one rate is
    reading.py    text -> rate
    special.py    column 1 special: groups of programme indicators with their rates

Belongs here: words to numbers. Does not belong here: which line a text stands on, or what a duty comes to.
"""
