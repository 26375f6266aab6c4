-- Grain: one row a flow × partner × product × period × known interval.

{{ union_of_flows(ref('stg_census_imports__flows'), ref('stg_census_exports__flows'), 'partner_code') }}
