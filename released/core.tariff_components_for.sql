-- Macro: core.tariff_components_for(line, partner, day, known_on := current_date)
-- The measures behind the rate on one line from one partner on a day, as known on another: rate of each, and what is
-- charged of it.

with {{ cells.cells_on_a_day('and duties.hts10 = line', 'and classes.partner_code = partner') }}

{{ cells.components_of(['hts10', 'partner_code']) }}
