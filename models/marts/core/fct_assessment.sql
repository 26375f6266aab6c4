-- Grain: one row an assessment.

select
    assessment_id,
    author,
    author_kind,
    stated_on,
    subject,
    direction,
    summary,
    source
from {{ ref('int_policy__assessments') }}
