-- Grain: one row a pair of entries of two lists that are one party.

with entries as (

    select
        *,
        row_number() over (partition by list_code, entry_key order by valid_from desc, known_from desc) as newest,
        min(valid_from) over (partition by list_code, entry_key) as first_valid_from,
        max(valid_to) over (partition by list_code, entry_key) as last_valid_to
    from {{ ref('fct_list_entry') }}
    where known_to = {{ open_end() }}

),

known_now as (

    select
        list_code,
        entry_key,
        party_key,
        entity_name,
        country_code,
        first_valid_from,
        last_valid_to
    from entries
    where newest = 1

),

links as (

    select *
    from {{ ref('fct_list_link') }}
    where list_code_a <> list_code_b and verdict in ('followed', 'through')

),

pairs as (

    select
        links.list_code_a,
        links.entry_key_a,
        links.list_code_b,
        links.entry_key_b,
        links.match_score,
        links.method,
        links.evidence,
        one.party_key,
        one.entity_name as entity_name_a,
        one.country_code as country_code_a,
        other.entity_name as entity_name_b,
        other.country_code as country_code_b,
        greatest(one.first_valid_from, other.first_valid_from) as later_from,
        least(one.last_valid_to, other.last_valid_to) as earlier_to
    from links
    inner join known_now as one
        on links.list_code_a = one.list_code and links.entry_key_a = one.entry_key
    inner join known_now as other
        on links.list_code_b = other.list_code and links.entry_key_b = other.entry_key

)

select
    party_key,
    list_code_a,
    entry_key_a,
    substring(list_code_a, 1, 2) as issuer_a,
    entity_name_a,
    country_code_a,
    list_code_b,
    entry_key_b,
    substring(list_code_b, 1, 2) as issuer_b,
    entity_name_b,
    country_code_b,
    substring(list_code_a, 1, 2) <> substring(list_code_b, 1, 2) as is_of_two_issuers,
    match_score,
    method,
    evidence,
    case when later_from < earlier_to then later_from end as both_valid_from,
    case when later_from < earlier_to then earlier_to end as both_valid_to
from pairs
