-- Grain: one row a list × entry × place in its citations × known interval.

select
    list_code,
    entry_key,
    place as citation_place,
    citation,
    volume,
    page,
    cited_on,
    is_first,
    resolution,
    rule_citation,
    document_number,
    known_from,
    known_to
from {{ ref('int_list__citations') }}
