-- Grain: one row a distinct column 1 special text of a line of chapters 1-98 × programme.

{{ config(materialized='table', meta={'settles': true}) }}

select programmes.*
from {{ ref('stg_rates__programmes') }} as programmes
inner join (select distinct special_text from {{ ref('int_ordinary__lines') }}) as lines
    on programmes.special_text = lines.special_text
