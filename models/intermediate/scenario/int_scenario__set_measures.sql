-- Grain: one row a scenarios' duty set × part of the value × with or without a claim × statement that is present there.

{{ duty_set_measures(ref('int_scenario__set_statements'), ref('int_scenario__set_rules')) }}
