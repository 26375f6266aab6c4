-- Grain: one row a duty set × part of the value.

{{ config(materialized='table') }}

{{ duty_set_sums(ref('int_tariff__duty_set_measures')) }}
