-- Grain: one row a statement × good or partner it names × valid interval × known interval.

select
    measures.measure_id,
    measures.statement_id,
    scopes.scope_kind,
    scopes.scope_code,
    scopes.is_excluded,
    statements.citation,
    measures.valid_from,
    measures.valid_to,
    measures.known_from,
    measures.known_to
from {{ ref('int_tariff__measures') }} as measures
inner join {{ ref('stg_law__scopes') }} as scopes on measures.statement_id = scopes.statement_id
inner join {{ ref('stg_law__statements') }} as statements on measures.statement_id = statements.statement_id
