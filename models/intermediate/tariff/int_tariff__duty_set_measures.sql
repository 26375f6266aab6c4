-- Grain: one row a duty set × part of the value × with or without a claim × statement that is present there.

{{ duty_set_measures(ref('int_tariff__duty_set_statements'), ref('int_tariff__duty_set_rules')) }}
