-- Grain: one row a scenarios' duty set × class of goods it divides by metal content (class 0: it does not divide it).

{{ config(materialized='table') }}

{{ duty_set_rates(ref('int_scenario__set_parts'), ref('int_scenario__set_sums')) }}
