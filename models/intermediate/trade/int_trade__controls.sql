-- Grain: one row a flow × published group × product × period × known interval.

{{ union_of_flows(ref('stg_census_imports__controls'), ref('stg_census_exports__controls'), 'group_code') }}
