-- Grain: one row a rate column × distinct text that a line of chapters 1-98 pays by.

{{ config(materialized='table', meta={'settles': true}) }}

select texts.*
from {{ ref('stg_rates__texts') }} as texts
inner join (
    select
        'general' as rate_column,
        general_text as rate_text
    from {{ ref('int_ordinary__lines') }}
    union
    select
        'other' as rate_column,
        other_text as rate_text
    from {{ ref('int_ordinary__lines') }}
) as lines
    on texts.rate_column = lines.rate_column
    and texts.rate_text = lines.rate_text
