{#
    Every difference between engines lives in this file, behind adapter.dispatch: where raw Parquet is read, how its
    files are listed, and the few functions engines spell differently. Models use the macros below and otherwise only
    SQL that DuckDB and Spark both understand.

    Raw files are <STATECRAFT_RAW>/<source>__<thing>/<partition>/<fingerprint>.parquet; `raw_file` is
    '<partition>/<fingerprint>'.
#}

{% macro raw_folder(source_name, thing) -%}
    {{ return(env_var('STATECRAFT_RAW') ~ '/' ~ source_name ~ '__' ~ thing) }}
{%- endmacro %}


{#
    A raw table with its declared columns and raw_file. A thing of which nothing is held is a table without rows.
    Parsing the project needs neither raw files nor to know where they are.
#}
{% macro raw_parquet(source_name, thing) -%}
    {%- set relation = source(source_name, 'raw_' ~ source_name ~ '__' ~ thing) -%}
    {%- if not execute -%}
        {{ return(relation) }}
    {%- endif -%}
    {%- if raw_files(source_name, thing) | length == 0 -%}
        {{ return(empty_raw_table(source_name, relation.identifier)) }}
    {%- endif -%}
    {{ return(adapter.dispatch('raw_parquet')(source_name, thing)) }}
{%- endmacro %}

{% macro duckdb__raw_parquet(source_name, thing) -%}
    {%- set folder = raw_folder(source_name, thing) -%}
    (
        select
            *,
            replace(replace(filename, '{{ folder }}/', ''), '.parquet', '') as raw_file
        from read_parquet('{{ folder }}/*/*.parquet', filename = true)
    )
{%- endmacro %}


{# The declared columns of a source table, typed and without rows. #}
{% macro empty_raw_table(source_name, table_name) -%}
    {%- set found = graph.sources.values()
        | selectattr('source_name', 'equalto', source_name) | selectattr('name', 'equalto', table_name) | first -%}
    (
        select
            {%- for column in found.columns.values() %}
            cast(null as {{ column.data_type }}) as {{ column.name }},
            {%- endfor %}
            cast(null as string) as raw_file
        where 1 = 0
    )
{%- endmacro %}


{# Names ('<partition>/<fingerprint>') of the raw files of one thing that are on disk now. #}
{% macro raw_files(source_name, thing) -%}
    {{ return(adapter.dispatch('raw_files')(source_name, thing)) }}
{%- endmacro %}

{% macro duckdb__raw_files(source_name, thing) -%}
    {%- set folder = raw_folder(source_name, thing) -%}
    {%- set listing = "select file from glob('" ~ folder ~ "/*/*.parquet') order by file" -%}
    {%- set names = [] -%}
    {%- for path in run_query(listing).columns[0].values() -%}
        {%- do names.append(path | replace(folder ~ '/', '') | replace('.parquet', '')) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}


{# Distinct texts of a group as one text, in alphabetical order. #}
{% macro joined_text(expression, separator) -%}
    {{ return(adapter.dispatch('joined_text')(expression, separator)) }}
{%- endmacro %}

{% macro duckdb__joined_text(expression, separator) -%}
    string_agg(distinct {{ expression }}, '{{ separator }}' order by {{ expression }})
{%- endmacro %}


{# Number of days from one date to another. #}
{% macro days_between(from_date, to_date) -%}
    {{ return(adapter.dispatch('days_between')(from_date, to_date)) }}
{%- endmacro %}

{% macro duckdb__days_between(from_date, to_date) -%}
    date_diff('day', {{ from_date }}, {{ to_date }})
{%- endmacro %}
