-- Grain: one row a rule that amends a list of parties.

select
    rule_citation,
    document_number,
    title,
    published_on,
    effective_on,
    administration,
    stated_entity_count,
    stated_entry_count,
    stated_destination_count,
    stated_removed_count,
    count_explanation,
    explained_heading_count,
    explained_entity_count,
    evidence
from {{ ref('int_list__rules') }}
where amends_list
