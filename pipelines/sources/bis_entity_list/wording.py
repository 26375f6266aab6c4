"""Licence requirement and review policy: one canonical wording for what the formats print in many.

The same rule is typed again for every format ("For All Items Subject to the EAR (See §744.11 of the EAR)." and "For all
items subject to the EAR. (See § 744.11 of the EAR)"). Compared as printed, a change of format would look like thousands
of revisions. Only spelling, case, punctuation, the order of the sections cited and the words around them are levelled;
a different rule, section, exception or policy stays different. The printed text is carried beside it.

Belongs here: that levelling, and the foreign-direct-product flags. Does not belong here: what a policy means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import polars as pl

from pipelines.formats.list_text import tidied

#: A section of the EAR. Possessive, so that the last digit of a section is never taken for a footnote mark.
SECTION = r"\d{3}\.\d++(?:\([a-z0-9]+\))*+"

#: (pattern, canonical): separators and misprints first (a euro sign is "(e)" after autocorrection), then variants of
#: one phrase. Applied in this order, case-insensitively.
_SPELLINGS = [
    (r"\s*\u2014\s*", " "),
    (r"\s*§+[\s?]*", " § "),
    (r"\u20ac", "(e)"),
    (r"semiconducto rs", "semiconductors"),
    (r"744\.2l\(b\)", "744.21(b)"),
    (r"744\.21e", "744.21(e)"),
    (r"cas[ea][- ]by[- ]case", "case-by-case"),
    (r"\ball items subject to (?:the )?EAR\b", "all items subject to the EAR"),
    (r"^for all items\b", "all items"),
    (r"\bpresumption (?:of|for) denial\b", "presumption of denial"),
    (r"\bpresumption of approval\b", "presumption of approval"),
    (r"\bpolicy of denial\b", "policy of denial"),
    (r"\band e\.?$", "and (e)"),
    (r"policy of denial case-by-case", "policy of denial; case-by-case"),
]

#: "(See §§ 734.9(g), 746.8(a)(3), and 744.21(b) of the EAR)" in all its punctuations.
_SEE = re.compile(
    rf"[.,;]?\s*\(?\bsee\b\s*(?:part)?((?:[\s,.§]|and\b|of\b|this part\b|the EAR\b|{SECTION})*{SECTION}"
    r"(?:[\s,.]|of this part\b|of the EAR\b)*)\)?(?:\s*of the EAR\))?\.?",
    re.IGNORECASE,
)

#: Superscript footnote marks, flattened to digits in every format: after a section, or after "the EAR".
_FLAG = re.compile(rf"((?:{SECTION})|\bEAR\)?\.?\)?),?\s?([1-9])(?=[\s,.)]|$)")


def _levelled(text: str) -> str:
    for pattern, canonical in _SPELLINGS:
        text = re.sub(pattern, canonical, text, flags=re.IGNORECASE)
    return text


def canonical_wording(text: str) -> str:
    """One wording of a requirement or policy; footnote marks are left to `rule_flags`.

    Clauses are separated by "; ", sections cited after "see" are sorted: "all items ...; see § 744.11".
    """
    text = re.sub(r"(\d)\s+\((?=[a-z]\))", r"\1(", text)
    text = _levelled(_FLAG.sub(r"\1", text))
    cited = sorted({section for see in _SEE.findall(text) for section in re.findall(SECTION, see)})
    text = _SEE.sub("; ", text)
    clauses = [
        clause.strip(" .,;)") if clause.count(")") > clause.count("(") else clause.strip(" .,;")
        for clause in re.split(r";(?=\s|$)|(?<!U\.S)(?<! no)\.(?=\s|$)", text)
    ]
    clauses = [clause for clause in clauses if clause]
    if cited:
        clauses.append("see § " + ", ".join(cited))
    joined = "; ".join(clauses)
    return joined[:1].upper() + joined[1:]


def rule_flags(text: str) -> str | None:
    """Footnote marks in a requirement, ascending and distinct: "3", "1,2"; None where there is none."""
    marks = sorted({mark for _, mark in _FLAG.findall(text)})
    return ",".join(marks) or None


def _mapped(texts: Iterable[str], rule: Callable[[str], str | None]) -> dict[str, str | None]:
    return {text: rule(text) for text in texts}


def add_wording(entries: pl.DataFrame) -> pl.DataFrame:
    """Adds licence_requirement, licence_policy and rule_flags. Works on the ~100 distinct wordings of an edition."""
    tidy = entries.with_columns(
        _requirement=tidied(pl.col("licence_requirement_printed")), _policy=tidied(pl.col("licence_policy_printed"))
    )
    requirements = tidy["_requirement"].drop_nulls().unique().to_list()
    policies = tidy["_policy"].drop_nulls().unique().to_list()
    return tidy.with_columns(
        licence_requirement=_replaced("_requirement", _mapped(requirements, canonical_wording)),
        licence_policy=_replaced("_policy", _mapped(policies, canonical_wording)),
        rule_flags=_replaced("_requirement", _mapped(requirements, rule_flags)),
    ).drop("_requirement", "_policy")


def _replaced(column: str, mapping: dict[str, str | None]) -> pl.Expr:
    return pl.col(column).replace_strict(list(mapping), list(mapping.values()), return_dtype=pl.String(), default=None)
