"""USITC Harmonized Tariff Schedule: every edition, as its own export states it.

source.yml       what this source is, and what to do when it breaks
fetch.py         the current edition, asked for only when it is new
parse.py         one file -> the things `lines` and `footnotes`
editions.py      file and release names -> vintage, date and place in the order of editions
releases.csv     the publisher's release dates, each with its evidence
editions.yml     the editions of the embedded pack
json_format.py   bytes of a JSON export -> printed rows and printed footnotes
csv_format.py    bytes of a CSV export -> printed rows
misprints.py     rows an edition misprints or loses (misprints.yml), each with a tripwire
hierarchy.py     indents -> parents, and the texts of unnumbered rows
lines.py         printed rows -> `lines`
footnotes.py     printed footnotes -> `footnotes`
text.py          printed text -> canonical text
refusals.py      how this source says no
"""
