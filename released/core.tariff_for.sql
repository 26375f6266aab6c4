-- Macro: core.tariff_for(line, partner, day, known_on := current_date)
-- The duty rate on one ten-digit line from one partner (Schedule C) on a day, as known on another: the row
-- core.tariff_on has for it.

with {{ cells.cells_on_a_day('and duties.hts10 = line', 'and classes.partner_code = partner') }}

select
    hts10,
    partner_code,
    {{ cells.rate_columns() }}
from worked
