-- Grain: one row a treatment × valid interval × known interval in which one duty set holds.

{{ config(materialized='table') }}

with numbered as (

    select
        treatment_id,
        duty_set_id,
        valid_from,
        valid_to,
        known_from,
        known_to
    from {{ ref('int_tariff__statement_sets') }}

),

known_runs as (

    {{ merged_runs('numbered', ['treatment_id', 'duty_set_id', 'valid_from', 'valid_to'], 'known') }}

)

{{ merged_runs('known_runs', ['treatment_id', 'duty_set_id', 'known_from', 'known_to'], 'valid') }}
