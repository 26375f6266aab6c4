-- View: core.fct_tariff_component
-- The measures behind core.fct_tariff_rate: rate of each, and what is charged of it after exemptions, stacking, parts
-- of the value and claims. Ask for one line and partner.

with {{ cells.cells_over_time() }}

{{ cells.components_of(['hts10', 'partner_code', 'valid_from', 'valid_to']) }}
