-- Grain: one row a flow × measure × partner × product × period whose figure was stated again with another value.

{#
    A cell that was ever replaced has a row that is closed, so only those cells are looked at. A measure a release does
    not state is NULL and no statement: the first statement is the earliest that gives a figure, the latest likewise.
#}
{% set measures = import_measures() + export_measures() %}

with flows as (

    select *
    from {{ ref('fct_trade_flow') }}

),

replaced_cells as (

    select distinct
        flow,
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months
    from flows
    where known_to < {{ open_end() }}

),

statements as (

    select flows.*
    from flows
    inner join replaced_cells
        on flows.flow = replaced_cells.flow
        and flows.partner_code = replaced_cells.partner_code
        and flows.product_level = replaced_cells.product_level
        and flows.product_code = replaced_cells.product_code
        and flows.period_start = replaced_cells.period_start
        and flows.period_months = replaced_cells.period_months

),

cells as (

    select
        flow,
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        {%- for measure in measures %}
        min(case when {{ measure }} is not null then known_from end) as {{ measure }}_first_on,
        max(case when {{ measure }} is not null then known_from end) as {{ measure }}_latest_on,
        min_by({{ measure }}, case when {{ measure }} is not null then known_from end) as {{ measure }}_first,
        max_by({{ measure }}, case when {{ measure }} is not null then known_from end) as {{ measure }}_latest
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from statements
    group by flow, partner_code, product_level, product_code, period_start, period_months

),

measured as (
    {% for measure in measures %}
    select
        flow,
        '{{ measure }}' as measure,
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        {{ measure }}_first as first_value_usd,
        {{ measure }}_latest as latest_value_usd,
        {{ measure }}_first_on as first_known_on,
        {{ measure }}_latest_on as latest_known_on
    from cells
    where {{ measure }}_first <> {{ measure }}_latest
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    flow,
    measure,
    partner_code,
    product_level,
    product_code,
    period_start,
    period_months,
    first_value_usd,
    latest_value_usd,
    first_known_on,
    latest_known_on,
    {{ ratio('(latest_value_usd - first_value_usd)', 'first_value_usd') }} as revision_share
from measured
