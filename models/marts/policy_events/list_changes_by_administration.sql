-- Grain: one row a list × administration × country.

select
    list_code,
    coalesce(administration, 'not told') as administration,
    coalesce(country_code, 'NONE') as country_code,
    cast(sum(case when change_type = 'add' then 1 else 0 end) as bigint) as added_count,
    cast(sum(case when change_type = 'revise' then 1 else 0 end) as bigint) as revised_count,
    cast(sum(case when change_type = 'remove' then 1 else 0 end) as bigint) as removed_count
from {{ ref('fct_list_change') }}
where list_code like 'US_%'
group by
    list_code,
    coalesce(administration, 'not told'),
    coalesce(country_code, 'NONE')
