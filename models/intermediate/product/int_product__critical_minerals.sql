-- Grain: one row a ten-digit tariff line under a mineral code × span between two changes of the mineral list.

{#
    USGS names codes of differing length; a line falls under the longest code it starts with. Several commodities may
    share a code (the platinum metals do): all critical ones are named, none is picked. A line whose closest code
    belongs to no critical commodity is not a critical mineral.
#}

with statements as (

    select
        hts_code,
        commodity,
        is_critical_2025,
        known_from,
        known_to
    from {{ ref('stg_usgs_minerals__products') }}

),

change_days as (

    select known_from as changed_on from statements
    union
    select known_to as changed_on from statements

),

spans as (

    select
        changed_on as known_from,
        lead(changed_on) over (order by changed_on) as known_to
    from change_days

),

codes as (

    select
        statements.hts_code,
        length(statements.hts_code) as code_length,
        spans.known_from,
        spans.known_to,
        {{ joined_text('case when statements.is_critical_2025 then statements.commodity end', '; ') }}
            as critical_mineral
    from statements
    inner join spans
        on statements.known_from <= spans.known_from
        and statements.known_to > spans.known_from
    group by statements.hts_code, spans.known_from, spans.known_to

),

lengths as (

    select distinct code_length
    from codes

),

prefixes as (

    select distinct
        lines.hts10,
        substr(lines.hts10, 1, lengths.code_length) as prefix
    from {{ ref('int_product__described_lines') }} as lines
    cross join lengths

),

matched as (

    select
        prefixes.hts10,
        codes.critical_mineral,
        codes.known_from,
        codes.known_to,
        row_number() over (
            partition by prefixes.hts10, codes.known_from order by codes.code_length desc
        ) as closeness
    from prefixes
    inner join codes on prefixes.prefix = codes.hts_code

)

select
    hts10,
    critical_mineral,
    known_from,
    known_to
from matched
where closeness = 1
