-- Grain: one row a rule.

{#
    Rules with the administration that made them and what their abstracts count. Rules no list cites are among them.
#}

select
    rules.rule_citation,
    rules.document_number,
    rules.title,
    rules.published_on,
    rules.effective_on,
    administrations.administration,
    rules.amends_list,
    counts.list_code as counted_list_code,
    counts.stated_entity_count,
    counts.stated_entry_count,
    counts.stated_destination_count,
    counts.stated_removed_count,
    explanations.explanation as count_explanation,
    explanations.added_heading_count as explained_heading_count,
    explanations.added_entity_count as explained_entity_count,
    rules.evidence
from {{ ref('stg_list_rules__rules') }} as rules
left join {{ ref('administrations') }} as administrations
    on
    rules.published_on >= administrations.valid_from
    and rules.published_on < administrations.valid_to
left join {{ ref('stg_list_rules__counts') }} as counts
    on rules.document_number = counts.document_number
left join {{ ref('list_count_explanations') }} as explanations
    on
    rules.rule_citation = explanations.rule_citation
    and counts.stated_entity_count = explanations.stated_entity_count
    and coalesce(counts.stated_entry_count, counts.stated_destination_count, counts.stated_entity_count)
    = explanations.stated_heading_count
