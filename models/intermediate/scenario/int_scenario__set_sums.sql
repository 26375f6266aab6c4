-- Grain: one row a scenarios' duty set × part of the value.

{{ config(materialized='table') }}

{{ duty_set_sums(ref('int_scenario__set_measures')) }}
