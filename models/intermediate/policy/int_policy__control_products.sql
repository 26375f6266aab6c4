-- Grain: one row an act × provision × commodity × goods.

select
    provisions.action_id,
    provisions.provision_id,
    controls.commodity,
    case length(controls.hts_prefix)
        when 4 then 'HS4'
        when 6 then 'HS6'
        when 8 then 'HTS8'
        when 10 then 'HTS10'
    end as product_level,
    controls.hts_prefix as product_code,
    controls.stated_codes,
    controls.is_mapped_by_us,
    controls.has_other_goods,
    controls.citation,
    controls.note
from {{ ref('stg_law__control_products') }} as controls
inner join {{ ref('int_policy__provisions') }} as provisions
    on
    controls.action_id = provisions.action_id
    and (controls.provision_id is null or controls.provision_id = provisions.provision_id)
