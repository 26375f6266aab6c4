-- Grain: one row a rate text, or a line whose duty by quantity was not measured.

with lines as (

    select
        htsno,
        general,
        special,
        other
    from {{ ref('stg_usitc_hts__lines') }}

),

texts as (

    select
        rate_column,
        rate_text,
        reason
    from {{ ref('stg_rates__texts') }}
    where not is_computable and rate_column <> 'special'

),

text_lines as (

    select
        'general' as rate_column,
        general as rate_text,
        min(htsno) as first_htsno
    from lines
    group by general
    union all
    select
        'other' as rate_column,
        other as rate_text,
        min(htsno) as first_htsno
    from lines
    group by other

),

programmes as (

    select
        programmes.rate_text,
        programmes.reason,
        min(lines.htsno) as first_htsno
    from {{ ref('stg_rates__programmes') }} as programmes
    inner join lines on programmes.special_text = lines.special
    where not programmes.is_computable
    group by programmes.rate_text, programmes.reason

),

unmeasured as (

    select
        hts10,
        general_text
    from {{ ref('int_ordinary__duties') }}
    where
        general_basis = 'not_computable'
        and valid_to = {{ open_end() }}
        and known_to = {{ open_end() }}

)

select
    'rate text' as kind,
    texts.rate_column || ' of ' || text_lines.first_htsno as key,
    texts.rate_text as text,
    texts.reason
from texts
inner join text_lines
    on texts.rate_column = text_lines.rate_column
    and texts.rate_text = text_lines.rate_text
union all
select
    'rate text' as kind,
    'special of ' || first_htsno as key,
    case when rate_text = '' then 'blank' else rate_text end as text,
    reason
from programmes
union all
select
    'duty by quantity' as kind,
    unmeasured.hts10 as key,
    unmeasured.general_text as text,
    'no import of the measured year paid a duty of this unit on goods of the chapter' as reason
from unmeasured
inner join {{ ref('stg_rates__texts') }} as readings
    on unmeasured.general_text = readings.rate_text
    and readings.rate_column = 'general'
    and readings.is_computable
