-- Grain: one row a list × entry × country × basis × valid interval × known interval.

{#
    Every country an entry has to do with: the one it is listed under, those of the addresses it prints, and those under
    which it says that the party has another address. Parts of a country with a code of their own (Crimea) are that
    country here; Hong Kong has a country code.

    Every piece bears what tells it as its first character (1 heading, 2 address, 3 alternate), so that the entries,
    which are dear to make, are read once.
#}

{%- set interval = [
    'list_code', 'entry_key', 'valid_from', 'valid_to', 'known_from', 'known_to',
] | join(',\n        ') %}

with joined as (

    select
        {{ interval }},
        concat(
            case when country_code is null then '' else concat('1', country_code, ',') end,
            case
                when address_country_codes is null then ''
                else concat('2', replace(address_country_codes, ',', ',2'), ',')
            end,
            case
                when alternate_country_codes is null then ''
                else concat('3', replace(alternate_country_codes, ',', ',3'))
            end
        ) as pieces
    from {{ ref('int_list__entries_on_both_clocks') }}

),

told as (

    select
        {{ interval }},
        {{ each_piece('pieces', ',') }} as piece
    from joined

)

select distinct
    {{ interval }},
    substring(piece, 2, 2) as country_code,
    case substring(piece, 1, 1) when '1' then 'heading' when '2' then 'address' else 'alternate' end as basis
from told
where piece <> ''
