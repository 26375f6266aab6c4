-- Grain: one row an edition of the tariff schedule × line that differs from the edition before it.

{#
    Editions are compared with the one known before them. A line of the first edition held is not "added": nothing is
    known of the edition before it. A line that leaves and comes back is removed by one edition and added by another.
#}

with lines as (

    select
        htsno,
        parent_htsno,
        indent,
        description,
        unit_1,
        unit_2,
        unit_3,
        general,
        special,
        other,
        quota_quantity,
        additional_duties,
        is_chapter_99,
        known_from,
        known_to,
        lead(known_from) over (partition by htsno order by known_from) as next_known_from
    from {{ ref('fct_schedule_line') }}

),

editions as (

    select
        revision,
        released_on,
        previous_revision
    from {{ ref('dim_schedule_edition') }}

),

began as (

    select
        new.htsno,
        new.known_from as released_on,
        new.is_chapter_99,
        old.htsno is null as is_added,
        false as is_removed,
        old.general as old_general,
        new.general as new_general,
        old.special as old_special,
        new.special as new_special,
        old.other as old_other,
        new.other as new_other,
        new.description is distinct from old.description as has_other_text,
        new.unit_1 is distinct from old.unit_1
        or new.unit_2 is distinct from old.unit_2
        or new.unit_3 is distinct from old.unit_3 as has_other_unit,
        new.parent_htsno is distinct from old.parent_htsno or new.indent is distinct from old.indent as has_other_place,
        new.quota_quantity is distinct from old.quota_quantity
        or new.additional_duties is distinct from old.additional_duties as has_other_note
    from lines as new
    left join lines as old on new.htsno = old.htsno and new.known_from = old.known_to

),

ended as (

    select
        htsno,
        known_to as released_on,
        is_chapter_99,
        false as is_added,
        true as is_removed,
        general as old_general,
        cast(null as string) as new_general,
        special as old_special,
        cast(null as string) as new_special,
        other as old_other,
        cast(null as string) as new_other,
        false as has_other_text,
        false as has_other_unit,
        false as has_other_place,
        false as has_other_note
    from lines
    where known_to < {{ open_end() }} and (next_known_from is null or next_known_from > known_to)

),

changes as (

    select * from began
    union all
    select * from ended

),

compared as (

    select
        *,
        not is_added and not is_removed and (
            old_general is distinct from new_general
            or old_special is distinct from new_special
            or old_other is distinct from new_other
        ) as is_rate_changed,
        not is_added and has_other_text as is_description_changed,
        not is_added and has_other_unit as is_unit_changed,
        not is_added and has_other_place as is_place_changed,
        not is_added and has_other_note as is_note_changed
    from changes

)

select
    editions.revision,
    editions.previous_revision,
    compared.released_on,
    compared.htsno,
    case
        when compared.is_added then 'added'
        when compared.is_removed then 'removed'
        when compared.is_rate_changed then 'rate_changed'
        when compared.is_unit_changed then 'unit_changed'
        when compared.is_description_changed then 'description_changed'
        when compared.is_place_changed then 'place_changed'
        when compared.is_note_changed then 'note_changed'
    end as change_type,
    compared.old_general,
    compared.new_general,
    compared.old_special,
    compared.new_special,
    compared.old_other,
    compared.new_other,
    compared.is_chapter_99,
    compared.is_rate_changed,
    compared.is_description_changed,
    compared.is_unit_changed,
    compared.is_place_changed,
    compared.is_note_changed
from compared
left join editions on compared.released_on = editions.released_on
where editions.released_on is null or editions.previous_revision is not null
