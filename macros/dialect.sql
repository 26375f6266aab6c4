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


{# On Spark a raw table is an external table over the folder (`prepare_raw`); a scan opens only files that may match. #}
{% macro spark__raw_parquet(source_name, thing) -%}
    (
        select
            *,
            {{ spark_raw_file() }} as raw_file
        from {{ spark_raw_table(source_name, thing) }}
    )
{%- endmacro %}

{% macro spark_raw_table(source_name, thing) -%}
    {{ return(api.Relation.create(schema='raw', identifier=source_name ~ '__' ~ thing)) }}
{%- endmacro %}

{# The files of that folder as rows. Asking the raw table which files it has would read every row of it. #}
{% macro spark_raw_listing(source_name, thing) -%}
    {{ return(api.Relation.create(schema='raw', identifier=source_name ~ '__' ~ thing ~ '__files')) }}
{%- endmacro %}

{% macro spark_raw_file(path='_metadata.file_path') -%}
    regexp_extract({{ path }}, '([^/]+/[^/]+)[.]parquet$', 1)
{%- endmacro %}


{#
    Called before a run: what an engine must be told of raw. DuckDB reads the files themselves. Spark is told of each
    folder anew every time, for it remembers which files it has seen.
#}
{% macro prepare_raw() -%}
    {{ return(adapter.dispatch('prepare_raw')()) }}
{%- endmacro %}

{% macro duckdb__prepare_raw() -%}
{%- endmacro %}

{% macro spark__prepare_raw() -%}
    {%- if execute -%}
        {%- do adapter.create_schema(api.Relation.create(schema='raw')) -%}
        {%- for table in graph.sources.values() -%}
            {%- do spark_raw_table_over_folder(table) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{% macro spark_raw_table_over_folder(table) -%}
    {%- set thing = table.name | replace('raw_' ~ table.source_name ~ '__', '') -%}
    {%- set relation = spark_raw_table(table.source_name, thing) -%}
    {%- set listing = spark_raw_listing(table.source_name, thing) -%}
    {%- set folder = 'options (path "' ~ raw_folder(table.source_name, thing)
        ~ '", recursiveFileLookup "true", pathGlobFilter "*.parquet")' -%}
    {%- set declared = [] -%}
    {%- for column in table.columns.values() -%}
        {%- do declared.append('`' ~ column.name ~ '` ' ~ column.data_type) -%}
    {%- endfor -%}
    {%- do run_query('drop table if exists ' ~ relation) -%}
    {%- do run_query('create table ' ~ relation ~ ' (' ~ declared | join(', ') ~ ') using parquet ' ~ folder) -%}
    {%- do run_query('drop table if exists ' ~ listing) -%}
    {%- do run_query('create table ' ~ listing ~ ' using binaryFile ' ~ folder) -%}
{%- endmacro %}


{# Where an engine keeps the tables of a schema. #}
{% macro spark__create_schema(relation) -%}
    {%- call statement('create_schema') -%}
        create schema if not exists {{ relation.without_identifier() }}
        location '{{ env_var("STATECRAFT_SPARK_TABLES") }}/{{ relation.schema }}'
    {%- endcall -%}
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


{% macro spark__raw_files(source_name, thing) -%}
    {%- set listing = 'select ' ~ spark_raw_file('path') ~ ' from ' ~ spark_raw_listing(source_name, thing) -%}
    {{ return(run_query(listing).columns[0].values() | sort) }}
{%- endmacro %}


{#
    Configures the model it stands in to follow raw file by file (macros/raw_file_increment.sql). DuckDB has a strategy
    of ours; on Spark a raw file is a partition of the table, which is overwritten or dropped as a whole.
#}
{% macro follow_raw_files() -%}
    {{ return(adapter.dispatch('follow_raw_files')()) }}
{%- endmacro %}

{% macro duckdb__follow_raw_files() -%}
    {{ config(materialized='incremental', incremental_strategy='raw_files', on_schema_change='fail') }}
{%- endmacro %}

{% macro spark__follow_raw_files() -%}
    {{ config(
        materialized='incremental', incremental_strategy='insert_overwrite', on_schema_change='fail',
        file_format='parquet', partition_by=['raw_file'], pre_hook='{{ spark_forget_gone_raw_files() }}'
    ) }}
{%- endmacro %}

{% macro spark_forget_gone_raw_files() -%}
    {%- set gone = raw_files_held(this) | reject('in', raw_files_of_model()) | list if is_incremental() else [] -%}
    {%- if gone -%}
        alter table {{ this }} drop if exists partition (raw_file = '{{ gone | join("'), partition (raw_file = '") }}')
    {%- endif -%}
{%- endmacro %}


{# Distinct texts of a group as one text, in alphabetical order; NULL where no row of the group has one. #}
{% macro joined_text(expression, separator) -%}
    {{ return(adapter.dispatch('joined_text')(expression, separator)) }}
{%- endmacro %}

{% macro duckdb__joined_text(expression, separator) -%}
    string_agg(distinct {{ expression }}, '{{ separator }}' order by {{ expression }})
{%- endmacro %}


{% macro spark__joined_text(expression, separator) -%}
    case
        when count({{ expression }}) > 0 then array_join(sort_array(collect_set({{ expression }})), '{{ separator }}')
    end
{%- endmacro %}


{# The whole numbers of a group, each in it once, as one text in ascending order; NULL for a group without any. #}
{% macro joined_numbers(expression) -%}
    {{ return(adapter.dispatch('joined_numbers')(expression)) }}
{%- endmacro %}

{% macro duckdb__joined_numbers(expression) -%}
    array_to_string(list_sort(list({{ expression }}) filter (where {{ expression }} is not null)), ',')
{%- endmacro %}

{% macro spark__joined_numbers(expression) -%}
    case
        when count({{ expression }}) > 0 then array_join(sort_array(collect_list({{ expression }})), ',')
    end
{%- endmacro %}


{# Number of days from one date to another. #}
{% macro days_between(from_date, to_date) -%}
    {{ return(adapter.dispatch('days_between')(from_date, to_date)) }}
{%- endmacro %}

{% macro duckdb__days_between(from_date, to_date) -%}
    date_diff('day', {{ from_date }}, {{ to_date }})
{%- endmacro %}

{% macro spark__days_between(from_date, to_date) -%}
    datediff({{ to_date }}, {{ from_date }})
{%- endmacro %}


{# The same day of the month after; of a first day, the first day of the next month. #}
{% macro next_month(day) -%}
    {{ return(adapter.dispatch('next_month')(day)) }}
{%- endmacro %}

{% macro duckdb__next_month(day) -%}
    cast({{ day }} + interval '1' month as date)
{%- endmacro %}

{% macro spark__next_month(day) -%}
    add_months({{ day }}, 1)
{%- endmacro %}


{# The same day so many months after (a whole number, or a column of them). #}
{% macro months_after(day, count) -%}
    {{ return(adapter.dispatch('months_after')(day, count)) }}
{%- endmacro %}

{% macro duckdb__months_after(day, count) -%}
    cast({{ day }} + to_months(cast({{ count }} as integer)) as date)
{%- endmacro %}

{% macro spark__months_after(day, count) -%}
    add_months({{ day }}, cast({{ count }} as int))
{%- endmacro %}


{# The day so many days after (a whole number, or a column of them); before, where it is negative. #}
{% macro days_after(day, count) -%}
    {{ return(adapter.dispatch('days_after')(day, count)) }}
{%- endmacro %}

{% macro duckdb__days_after(day, count) -%}
    ({{ day }} + cast({{ count }} as integer))
{%- endmacro %}

{% macro spark__days_after(day, count) -%}
    date_add({{ day }}, cast({{ count }} as int))
{%- endmacro %}


{# The median of a group's values, between the middle two of an even number; NULL where there is none. #}
{% macro median_of(expression) -%}
    {{ return(adapter.dispatch('median_of')(expression)) }}
{%- endmacro %}

{% macro duckdb__median_of(expression) -%}
    median(cast({{ expression }} as double))
{%- endmacro %}

{% macro spark__median_of(expression) -%}
    percentile(cast({{ expression }} as double), 0.5)
{%- endmacro %}


{# The first day of a day's month. #}
{% macro first_of_month(day) -%}
    {{ return(adapter.dispatch('first_of_month')(day)) }}
{%- endmacro %}

{% macro duckdb__first_of_month(day) -%}
    cast(date_trunc('month', {{ day }}) as date)
{%- endmacro %}

{% macro spark__first_of_month(day) -%}
    trunc({{ day }}, 'MM')
{%- endmacro %}


{# The pieces of a text that `separator` joins, a row each; a text that is NULL gives no row. Alone in a select list. #}
{% macro each_piece(expression, separator) -%}
    {{ return(adapter.dispatch('each_piece')(expression, separator)) }}
{%- endmacro %}

{% macro duckdb__each_piece(expression, separator) -%}
    unnest(string_split({{ expression }}, '{{ separator }}'))
{%- endmacro %}

{% macro spark__each_piece(expression, separator) -%}
    explode(split({{ expression }}, '{{ separator | replace("|", "[|]") }}'))
{%- endmacro %}


{#
    An abbreviation in brackets at the end of a name ("Beijing University of Posts (BUPT)"): one word with two capital
    letters or more, perhaps with a number; NULL where the name ends otherwise.
#}
{% macro bracketed_abbreviation(name) -%}
    {%- set letters = '[A-Za-z0-9&.-]*' -%}
    {%- set word = letters ~ '[A-Z]' ~ letters ~ '[A-Z]' ~ letters -%}
    nullif(regexp_extract({{ name }}, '[ ][(](({{ word }})([ ][0-9]+)?)[)]$', 1), '')
{%- endmacro %}
