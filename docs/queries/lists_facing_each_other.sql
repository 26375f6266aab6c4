-- Lists that face each other: whose parties the United States, China and Japan list today. An issuer is the first two
-- letters of list_code; a country is that of the entry, and not stated for most entries of China's lists.
-- The same party on lists of two governments: select * from policy_events.list_overlap where is_of_two_issuers.
-- Question 5
select
    substring(list_code, 1, 2) as issuer,
    coalesce(country_code, 'not stated') as country,
    count(distinct party_key) as parties,
    count(distinct concat(list_code, ' ', entry_key)) as entries
from core.fct_list_entry
where valid_from <= current_date and valid_to > current_date
    and known_to = date '9999-12-31'
group by issuer, country
qualify row_number() over (partition by issuer order by parties desc) <= 5
order by issuer, parties desc
