-- Grain: one row a ten-digit line of any edition.

{{ config(materialized='table', meta={'settles': true}) }}

select distinct hts_digits as hts10
from {{ ref('int_schedule__lines') }}
where length(hts_digits) = 10
