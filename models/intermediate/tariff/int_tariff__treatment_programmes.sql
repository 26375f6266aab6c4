-- Grain: one row a treatment × programme that some statement of it is of.

select distinct
    of_treatment.treatment_id,
    statements.programme
from {{ ref('int_tariff__treatment_statements') }} as of_treatment
inner join {{ ref('stg_law__statements') }} as statements on of_treatment.statement_number = statements.place_in_file
