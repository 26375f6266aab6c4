-- View: core.fct_tariff_rate
-- The duty rate on a line from a partner over time, as enforced and as known now, worked out from the factors of the
-- panel. Ask for one line, or one line and partner: all of them are hundreds of millions of rows.

with {{ cells.cells_over_time() }}

select
    hts10,
    partner_code,
    valid_from,
    valid_to,
    {{ cells.rate_columns() }}
from worked
