-- Grain: one row an item × strategy document.

select
    item,
    item_name,
    strategy_year,
    administration,
    stance_code,
    summary,
    citation
from {{ ref('int_policy__doctrine_stances') }}
