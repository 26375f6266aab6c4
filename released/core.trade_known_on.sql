-- Macro: core.trade_known_on(known_on := current_date)
-- Trade as reported on a day (core.fct_trade_flow).

select *
from core.fct_trade_flow
where known_from <= known_on and known_on < known_to
