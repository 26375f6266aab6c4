-- What other governments charge on American goods in answer: lines by issuer, list and rate, on a day as known now
select
    tariffs.issuer,
    tariffs.tariff_list,
    tariffs.rate,
    acts.title as act,
    count(*) as line_count
from core.fct_foreign_tariff as tariffs
left join core.dim_action as acts on tariffs.action_id = acts.action_id
where date '2025-06-01' >= tariffs.valid_from and date '2025-06-01' < tariffs.valid_to
    and tariffs.known_to = date '9999-12-31'
group by tariffs.issuer, tariffs.tariff_list, tariffs.rate, acts.title
order by tariffs.issuer, tariffs.tariff_list
