-- Grain: one row a list × citation that names no rule at hand.

{# Citations of lists that rules amend which no rule at hand answers to, with how many entries print them. #}

select
    'citation' as kind,
    concat(list_code, ' ', citation) as key,
    concat('Cited by ', cast(count(distinct entry_key) as string), ' entries') as text,
    concat(
        'No rule at hand begins on or before that page of that day; entries that cite it first are dated by',
        ' the edition that first holds them'
    ) as reason
from {{ ref('int_list__citations') }}
where resolution = 'unresolved'
group by
    list_code,
    citation
