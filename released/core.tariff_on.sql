-- Macro: core.tariff_on(day, known_on := current_date)
-- The duty rate on every line of the schedule from every partner on a day, as known on another: columns of
-- core.fct_tariff_rate less the interval. For one line use core.tariff_for, which is quicker.

with {{ cells.cells_on_a_day('', '') }}

select
    hts10,
    partner_code,
    {{ cells.rate_columns() }}
from worked
