-- Rates re-written in chapter 99 of the tariff schedule since 2025, edition by edition
select
    released_on,
    revision,
    htsno as heading,
    old_general as was,
    new_general as became
from policy_events.schedule_changes
where is_chapter_99 and change_type = 'rate_changed' and released_on > date '2025-01-01' and htsno like '9903.01.%'
order by released_on, htsno
