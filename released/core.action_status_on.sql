-- Macro: core.action_status_on(day, known_on := current_date)
-- Status of every provision of every act on a day, as known on another (core.fct_action_status).

select *
from core.fct_action_status
where valid_from <= day and day < valid_to and known_from <= known_on and known_on < known_to
