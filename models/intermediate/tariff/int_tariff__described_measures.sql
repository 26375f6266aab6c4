-- Grain: one row a statement of a tariff measure × valid interval × known interval.

with printed as (

    select
        htsno as heading,
        min(known_from) as in_schedule_from,
        max(known_to) as in_schedule_to
    from {{ ref('int_schedule__lines') }}
    where is_chapter_99
    group by htsno

)

select
    measures.measure_id,
    measures.statement_id,
    statements.authority,
    statements.programme,
    statements.rate_component,
    statements.heading,
    statements.operation,
    statements.measure_rate,
    statements.specific_duty_usd,
    statements.specific_unit,
    statements.value_base,
    statements.rate_column,
    statements.claim,
    statements.content,
    statements.reach_share,
    statements.share_assumption,
    statements.action_id,
    statements.citation,
    statements.note,
    measures.valid_from,
    measures.valid_to,
    printed.in_schedule_from,
    printed.in_schedule_to,
    measures.known_from,
    measures.known_to
from {{ ref('int_tariff__measures') }} as measures
inner join {{ ref('stg_law__statements') }} as statements on measures.statement_id = statements.statement_id
left join printed on statements.heading = printed.heading
