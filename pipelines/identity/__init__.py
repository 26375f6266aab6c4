"""Which entries of lists are one entry across editions, and which are one party across lists.

    editions.py   what every edition prints of every entry, from raw
    evidence.py   how far two entries agree, in figures and in words
    keys.py       the walk through the editions of a list: which key an entry bore before
    parties.py    links between entries of one party, and the parties they make
    tables.py     the tables laid beside raw

    overrides.csv   judgements by hand, with a reason and a day, which the rules yield to

Belongs here: identity, once a list has been read. Does not belong here: the key an edition's own text gives
(formats/list_identity.py), how names are compared letter by letter (names/), and tables for users (models).
Methods, figures and limits: docs/methods/list_identity.md.
"""
