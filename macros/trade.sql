{# What the trade models share: the measures of each flow, and the rules about figures. #}

{% macro import_measures() -%}
    {{ return([
        'import_value_consumption_usd', 'import_value_general_usd', 'dutiable_value_usd', 'calculated_duty_usd',
        'import_charges_usd',
    ]) }}
{%- endmacro %}

{% macro export_measures() -%}
    {{ return(['export_value_fas_usd']) }}
{%- endmacro %}


{# Imports and exports under each other. A measure of the other flow is NULL: it does not apply. #}
{% macro union_of_flows(imports, exports, area_column) -%}
    {%- for flow, relation, own in [('import', imports, import_measures()), ('export', exports, export_measures())] %}
    select
        '{{ flow }}' as flow,
        product_level,
        {{ area_column }},
        product_code,
        period_start,
        period_months,
        {%- for measure in import_measures() + export_measures() %}
        {% if measure in own %}{{ measure }}{% else %}cast(null as bigint) as {{ measure }}{% endif %},
        {%- endfor %}
        quantity_1,
        quantity_1_unit,
        known_from,
        known_to,
        raw_file
    from {{ relation }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}


{# Census revises a year's months every June of the year after. What was stated before that June is provisional. #}
{% macro is_provisional(known_from, period_start) -%}
    extract(year from {{ known_from }}) * 12 + extract(month from {{ known_from }})
        < (extract(year from {{ period_start }}) + 1) * 12 + 6
{%- endmacro %}


{# Ratio of two amounts as a fraction; NULL where either is not stated or nothing is below the line. #}
{% macro ratio(above, below) -%}
    case when {{ below }} <> 0 then cast({{ above }} as double) / cast({{ below }} as double) end
{%- endmacro %}


{# Sum over rows that all state the amount; NULL as soon as one row does not, for a part is not the whole. #}
{% macro complete_sum(amount) -%}
    case when count(*) = count({{ amount }}) then cast(sum({{ amount }}) as bigint) end
{%- endmacro %}


{#
    Levels that each split all goods of a flow without remainder or overlap, best first, for adding up to a total: the
    months of NAICS3 and of NAICS6 agree to the dollar. HS4 and HS6 are held for some products only. `ALL` is a total
    the publisher states itself.
#}
{% macro level_preference(product_level, product_code) -%}
    case
        when {{ product_code }} = 'ALL' then 0
        when {{ product_level }} in ('HTS10', 'SB10') then 1
        when {{ product_level }} = 'HS2' then 2
        when {{ product_level }} = 'NAICS3' then 3
        when {{ product_level }} = 'NAICS6' then 4
    end
{%- endmacro %}


{#
    Periods in which (nearly) every partner of Schedule C is stated at ten digits: there, and only there, do partners
    add up to the world.
#}
{% macro whole_world_periods(flows, partners) -%}
    select
        flows.period_start,
        flows.period_months
    from {{ flows }} as flows
    cross join (select count(*) as partner_count from {{ partners }}) as listed
    where flows.product_level = 'HTS10'
    group by flows.period_start, flows.period_months, listed.partner_count
    having
        count(distinct flows.partner_code)
        >= cast({{ var('whole_world_partner_share') }} as double) * cast(listed.partner_count as double)
{%- endmacro %}


{# Two tables meet on product and period. #}
{% macro same_product_period(one, other) -%}
    {%- for column in ['product_level', 'product_code', 'period_start', 'period_months'] %}
        {{ 'and ' if not loop.first }}{{ one }}.{{ column }} = {{ other }}.{{ column }}
    {%- endfor %}
{%- endmacro %}


{#
    Which traded lines stand under which codes of a table of codes (`product_code`, 4 to 10 digits): by the digits they
    begin with, one equal join a length of code.
#}
{% macro lines_under_codes(lines, codes, columns) -%}
    select distinct
        {%- for column in columns %}
        codes.{{ column }},
        {%- endfor %}
        prefixes.line_code
    from (
        select
            traded.product_code as line_code,
            substr(traded.product_code, 1, lengths.code_length) as prefix
        from (select distinct product_code from {{ lines }}) as traded
        cross join (select distinct length(product_code) as code_length from {{ codes }}) as lengths
    ) as prefixes
    inner join {{ codes }} as codes on prefixes.prefix = codes.product_code
{%- endmacro %}


{#
    What the schedule prints of each subheading of six digits, after the text of its heading, as last printed. A
    subheading that is not divided stands there with eight or ten digits: zeros at the end, or 01 and zeros. Of two
    numbers of one length (8704.32.00 became 8704.32.01) it is the later one's.
#}
{% macro subheading_names(schedule_lines) -%}
    select
        substr(texts.digits, 1, 6) as hs6,
        max_by(
            case when headings.own_text is null then '' else headings.own_text || ' > ' end || texts.own_text,
            concat(cast(20 - length(texts.digits) as string), cast(texts.printed_from as string), texts.digits)
        ) as subheading_name
    from ({{ last_texts(schedule_lines) }}) as texts
    left join ({{ last_texts(schedule_lines) }}) as headings on substr(texts.digits, 1, 4) = headings.digits
    where length(texts.digits) > 4 and substr(texts.digits, 7) in ('', '00', '0000', '01', '0100')
    group by substr(texts.digits, 1, 6)
{%- endmacro %}

{% macro last_texts(schedule_lines) -%}
    select
        replace(htsno, '.', '') as digits,
        max_by(description, known_from) as own_text,
        max(known_from) as printed_from
    from {{ schedule_lines }}
    group by replace(htsno, '.', '')
{%- endmacro %}
