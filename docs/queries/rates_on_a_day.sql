-- What goods pay on a day, as known on a day: lines of heading 7326 from China on 2026-05-01, component by component
-- Question 1
select
    hts10,
    round(100 * base_rate, 2) as ordinary,
    round(100 * s232_rate, 2) as s232,
    round(100 * s301_rate, 2) as s301,
    round(100 * s122_rate, 2) as s122,
    round(100 * total_rate, 2) as total
from core.tariff_on(date '2026-05-01', known_on := date '2026-05-01')
where partner_code = '5700' and hts10 like '7326%'
order by hts10
