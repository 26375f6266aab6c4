-- Grain: one row a list × entry × name × valid interval × known interval.

{#
    The names of an entry, one by one: its own, the others it prints, and abbreviations that stand in brackets at the
    end of either. A name that is several of these is the first of them. Words that stand there without being a name
    (list_bracket_words: a legal form, a place) are left out.

    Every piece bears its kind as its first character (1 primary, 2 former, 3 alias, 4 short), so that the entries,
    which are dear to make, are read once.
#}

{%- set interval = [
    'list_code', 'entry_key', 'valid_from', 'valid_to', 'known_from', 'known_to',
] | join(',\n        ') %}

with joined as (

    select
        {{ interval }},
        concat(
            '1', entity_name,
            case when former_names is null then '' else concat(' | 2', replace(former_names, ' | ', ' | 2')) end,
            case when aliases is null then '' else concat(' | 3', replace(aliases, ' | ', ' | 3')) end
        ) as pieces
    from {{ ref('int_list__entries_on_both_clocks') }}

),

printed as (

    select
        {{ interval }},
        {{ each_piece('pieces', ' | ') }} as piece
    from joined

),

abbreviated as (

    select
        {{ interval }},
        piece,
        {{ bracketed_abbreviation('piece') }} as abbreviation
    from printed

),

with_abbreviations as (

    select
        {{ interval }},
        case
            when abbreviated.abbreviation is not null and no_names.word is null
                then concat(abbreviated.piece, ' | 4', abbreviated.abbreviation)
            else abbreviated.piece
        end as pieces
    from abbreviated
    left join {{ ref('list_bracket_words') }} as no_names on abbreviated.abbreviation = no_names.word

),

told as (

    select
        {{ interval }},
        {{ each_piece('pieces', ' | ') }} as piece
    from with_abbreviations

),

placed as (

    select
        {{ interval }},
        substring(piece, 2) as name,
        min(substring(piece, 1, 1)) as place
    from told
    group by
        {{ interval }},
        substring(piece, 2)

)

select
    {{ interval }},
    name,
    case place when '1' then 'primary' when '2' then 'former' when '3' then 'alias' else 'short' end as name_kind
from placed
