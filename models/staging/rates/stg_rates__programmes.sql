-- Grain: one row a distinct column 1 special text × programme.

select
    cast(raw.special_text as string) as special_text,
    cast(raw.program_code as string) as program_code,
    cast(raw.place as integer) as place,
    cast(raw.rate_text as string) as rate_text,
    cast(raw.kind as string) as kind,
    cast(raw.ad_valorem_rate as double) as ad_valorem_rate,
    cast(raw.specific_duty_usd as double) as specific_duty_usd,
    cast(raw.specific_unit as string) as specific_unit,
    cast(raw.second_specific_duty_usd as double) as second_specific_duty_usd,
    cast(raw.second_specific_unit as string) as second_specific_unit,
    cast(raw.minimum_duty_usd as double) as minimum_duty_usd,
    cast(raw.value_base as string) as value_base,
    cast(raw.terms as string) as terms,
    cast(raw.whole_value_rate as double) as whole_value_rate,
    cast(raw.measured_amount as double) as measured_amount,
    cast(raw.measured_unit as string) as measured_unit,
    cast(raw.is_computable as boolean) as is_computable,
    cast(raw.reason as string) as reason
from {{ raw_parquet('rates', 'programmes') }} as raw
