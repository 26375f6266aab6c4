-- Macro: core.product_on(day, known_on := current_date)
-- Lines of the tariff schedule on a day, as known on another (core.dim_product).

select *
from core.dim_product
where valid_from <= day and day < valid_to and known_from <= known_on and known_on < known_to
