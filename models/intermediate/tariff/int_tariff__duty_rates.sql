-- Grain: one row a duty set × class of goods it divides by metal content (class 0: it does not divide the value).

{{ config(materialized='table') }}

{{ duty_set_rates(ref('int_tariff__duty_parts'), ref('int_tariff__duty_sets')) }}
