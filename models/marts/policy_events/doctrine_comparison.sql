-- Grain: one row an item × strategy document.

select
    item,
    item_name,
    strategy_year,
    administration,
    stance_code,
    summary,
    citation
from {{ ref('fct_doctrine_stance') }}
