{#
    Facts follow raw file by file. A raw file never changes: a restated month is a new file beside which the old one
    disappears. So a later run deletes the rows of files that are gone and inserts those of files that are new, reading
    only these.

    A model that uses this carries the column raw_file last, calls follow_raw_files(), which is each engine's own way
    (dialect.sql), and names its inputs in its YAML: config.meta.raw_inputs: [[source, thing], ...]
#}

{% macro raw_files_of_model() -%}
    {%- set names = [] -%}
    {%- for input in model.config.meta['raw_inputs'] -%}
        {%- do names.extend(raw_files(input[0], input[1])) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}


{# The raw files whose rows the table holds already. #}
{% macro raw_files_held(relation) -%}
    {{ return(run_query('select distinct raw_file from ' ~ relation).columns[0].values() | list) }}
{%- endmacro %}


{# A predicate true for the rows of the given raw files: constants, so that a scan opens only those files. #}
{% macro in_raw_files(names) -%}
    {%- if names | length == 0 -%}
        1 = 0
    {%- else -%}
        raw_file in ('{{ names | join("', '") }}')
    {%- endif -%}
{%- endmacro %}


{# The condition a fact adds to its select: everything at first, then only the files it does not hold yet. #}
{% macro new_raw_files_only() -%}
    {%- if not execute or not is_incremental() -%}
        {{ return('1 = 1') }}
    {%- endif -%}
    {{ return(in_raw_files(raw_files_of_model() | reject('in', raw_files_held(this)) | list)) }}
{%- endmacro %}


{# Incremental strategy `raw_files`, called by dbt: forget the files that are gone, take in what was just selected. #}
{% macro get_incremental_raw_files_sql(arg_dict) -%}
    {%- set target_relation = arg_dict['target_relation'] -%}
    {%- set gone = raw_files_held(target_relation) | reject('in', raw_files_of_model()) | list -%}
    {%- set columns = arg_dict['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    {%- if gone %}
    delete from {{ target_relation }} where {{ in_raw_files(gone) }};
    {%- endif %}
    insert into {{ target_relation }} ({{ columns }})
    select {{ columns }} from {{ arg_dict['temp_relation'] }}
{%- endmacro %}
