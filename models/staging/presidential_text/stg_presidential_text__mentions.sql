-- Grain: one row a text × kind × mention × known interval.

select
    cast(raw.text_id as string) as text_id,
    cast(raw.mention_kind as string) as mention_kind,
    cast(raw.mention as string) as mention,
    cast(raw.mentioned_times as integer) as mentioned_times,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('presidential_text', 'mentions') }} as raw
