-- Grain: one row a statement × good or partner it names × valid interval × known interval.

select
    measure_id,
    statement_id,
    scope_kind,
    scope_code,
    is_excluded,
    citation,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('int_tariff__measure_scopes') }}
