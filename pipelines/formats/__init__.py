"""Publishers' formats that several sources share.

Belongs here: how bytes of one format become typed rows, whichever source delivers them.
Does not belong here: endpoints, keys, cadence and licences (sources/<source>/source.yml), and rules about content
(expectations/landing).

    census_api.py       the door: one delivery of Census International Trade API answers -> vintages
    census_files.py     JSON, CSV or Parquet bytes -> a table of publisher's fields
    census_rows.py      a table of publisher's fields -> typed rows
    census_scope.py     what was asked for: cells, and the months that should be there
    census_merge.py     pieces of one delivery -> frames of one column scope each
    census_live.py      what to ask the API for next
    census_partners.csv the publisher's partner, group and region codes, and how its API spells their names
    reference.py        small reference files, the whole of one table every time
"""
