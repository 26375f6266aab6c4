-- Macro: core.list_on(list, day, known_on := current_date)
-- Entries of one list that hold on a day, as known on another (core.fct_list_entry).

select *
from core.fct_list_entry
where list_code = list and valid_from <= day and day < valid_to and known_from <= known_on and known_on < known_to
