-- Grain: one row an issuer × programme × list of goods × valid interval × known interval in which one statement holds.

{#
    As with measures of the United States: on a day, as known on another, the statement made last until then holds. One
    without a rate leaves nothing standing.
#}

with cuts as (

    select
        issuer,
        programme,
        tariff_list,
        valid_from as cut_on
    from {{ ref('stg_law__foreign_statements') }}
    union
    select
        issuer,
        programme,
        tariff_list,
        valid_to as cut_on
    from {{ ref('stg_law__foreign_statements') }}

),

segments as (

    select
        issuer,
        programme,
        tariff_list,
        cut_on as segment_from,
        lead(cut_on) over (partition by issuer, programme, tariff_list order by cut_on) as segment_to
    from cuts

),

covering as (

    select
        segments.issuer,
        segments.programme,
        segments.tariff_list,
        segments.segment_from,
        segments.segment_to,
        statements.rate,
        statements.action_id,
        statements.citation,
        statements.known_on,
        row_number() over (
            partition by
                segments.issuer, segments.programme, segments.tariff_list, segments.segment_from, statements.known_on
            order by statements.place_in_file desc
        ) as place_from_last
    from segments
    inner join {{ ref('stg_law__foreign_statements') }} as statements
        on segments.issuer = statements.issuer
        and segments.programme = statements.programme
        and segments.tariff_list = statements.tariff_list
        and segments.segment_from >= statements.valid_from
        and segments.segment_to <= statements.valid_to

),

held as (

    select
        issuer,
        programme,
        tariff_list,
        rate,
        action_id,
        citation,
        segment_from as valid_from,
        segment_to as valid_to,
        known_on as known_from,
        lead(known_on, 1, {{ open_end() }}) over (
            partition by issuer, programme, tariff_list, segment_from order by known_on
        ) as known_to
    from covering
    where place_from_last = 1

),

standing as (

    select
        issuer,
        programme,
        tariff_list,
        rate,
        action_id,
        citation,
        valid_from,
        valid_to,
        known_from,
        known_to
    from held
    where rate is not null

)

{{ merged_runs(
    'standing',
    ['issuer', 'programme', 'tariff_list', 'rate', 'action_id', 'citation', 'known_from', 'known_to'],
    'valid'
) }}
