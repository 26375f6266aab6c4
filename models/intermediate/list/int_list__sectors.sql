-- Grain: one row a list × entry × sector.

{# Entries whose names, in any edition, hold a word of a sector. A word may mislead; the words are rows of a seed. #}

select distinct
    stated.list_code,
    stated.entry_key,
    words.sector
from {{ ref('int_list__statements') }} as stated
inner join {{ ref('list_sector_words') }} as words
    on lower(concat(' ', stated.entity_name, ' ', coalesce(stated.aliases, ''))) like concat('%', words.word, '%')
