-- Grain: one row a list × entry × change.

with changes as (

    select * from {{ ref('int_list__changes') }}

),

parties as (

    select * from {{ ref('int_list__parties') }}

)

select
    changes.list_code,
    changes.entry_key,
    changes.change_number,
    changes.change_type,
    changes.effective_on,
    changes.dated_by,
    changes.known_from,
    changes.document_number,
    changes.rule_citation,
    changes.evidence,
    changes.administration,
    parties.party_key,
    changes.entity_name,
    changes.country_code,
    changes.headings as heading_count,
    changes.alias_count,
    changes.what_changed,
    changes.edition_on,
    changes.edition_before_on,
    changes.is_backcast
from changes
left join parties
    on changes.list_code = parties.list_code and changes.entry_key = parties.entry_key
