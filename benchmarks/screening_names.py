"""Names to measure screening with: those of the lists in the embedded pack, the same as others may write them, and
names that are on no list.

Belongs here: made-up noise and made-up names; the same seed gives the same. Does not belong here: measuring
(screening.py), what is held to (tests/unit/names/test_recall.py).
"""

from __future__ import annotations

import random
from collections.abc import Callable

import polars as pl

from pipelines.names.forms import without_forms
from pipelines.settings import PROJECT_ROOT

#: Tables of the pack that name parties, all with entity_name.
LISTS = ("bis_denied_persons", "bis_entity_list", "dhs_uflpa", "ita_screening_list", "meti_end_users", "mofcom_lists")
OFAC = "ofac_sdn__entries/US_OFAC_*.parquet"
SAMPLE = PROJECT_ROOT / "sample"

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ACCENTED = str.maketrans("aeioucnszAEIOUCNSZ", "áéíöüçñšžÁÉÍÖÜÇÑŠŽ")
#: Cyrillic for Latin, longest first; letters without a match stay.
_CYRILLIC = dict(
    pair.split("=")
    for line in (
        "shch=щ sh=ш ch=ч kh=х zh=ж ts=ц yu=ю ya=я a=а b=б v=в g=г d=д e=е z=з i=и",  # noqa: RUF001
        "k=к l=л m=м n=н o=о p=п r=р s=с t=т u=у f=ф y=ы",  # noqa: RUF001
    )
    for pair in line.split()
)
#: Two romanisations of one sound.
_ROMANISED = [
    "kh=h",
    "y=i",
    "ye=e",
    "ts=c",
    "ks=x",
    "zh=j",
    "ou=u",
    "ph=f",
    "q=k",
    "w=v",
    "ck=k",
    "mm=m",
    "ss=s",
    "ee=i",
]
#: A legal form and another way of writing it or one like it; longest first, so that no form is cut in two.
_FORM_PAIRS = {
    "OPEN JOINT STOCK COMPANY": "OAO",
    "Open Joint Stock Company": "OJSC",
    "PUBLIC JOINT STOCK COMPANY": "PAO",
    "Limited Liability Company": "LLC",
    "LIMITED LIABILITY COMPANY": "OOO",
    "Joint Stock Company": "JSC",
    "JOINT STOCK COMPANY": "AO",
    "Private Limited": "Pvt. Ltd.",
    "PRIVATE LIMITED": "PVT LTD",
    "Company Limited": "Co., Ltd.",
    "COMPANY LIMITED": "CO LTD",
    "Private Ltd": "Private Limited",
    "Co., Ltd.": "Company Limited",
    "Co., Ltd": "Co. Limited",
    "CO., LTD.": "COMPANY LTD",
    "S.A. DE C.V.": "SA DE CV",
    "Company": "Co.",
    "COMPANY": "CO.",
    "Corporation": "Corp",
    "CORPORATION": "CORP.",
    "Incorporated": "Inc.",
    "Limited": "Ltd",
    "LIMITED": "LTD",
    "LLC": "Limited Liability Company",
    "JSC": "Joint Stock Company",
    "OOO": "LLC",
    "Ltd": "Limited",
    "LTD": "LIMITED",
    "Inc": "Incorporated",
}
_ADDED = (" Ltd", " LLC", " Co., Ltd.", " GmbH", " Inc.")

Noise = Callable[[str, random.Random], str]


def listed_names() -> pl.DataFrame:
    """(id, name): every distinct name and alias of the lists in the pack, of all editions."""
    files = [str(SAMPLE / f"{name}__entries" / "all.parquet") for name in LISTS] + [str(SAMPLE / OFAC)]
    tables = [pl.read_parquet(file) for file in files]
    names = [table.select(name="entity_name") for table in tables] + [
        table.select(name=pl.col("aliases").str.split(" | ")).explode("name")
        for table in tables
        if "aliases" in table.columns
    ]
    return pl.concat(names).drop_nulls().unique().sort("name").with_row_index("id")


def noisy(names: pl.DataFrame, count: int, kind: str, seed: int = 1) -> pl.DataFrame:
    """(id, of, name): `count` of the names (id, name) drawn at random, with one kind of noise; of: id of the name."""
    rng = random.Random(f"{kind} {seed}")
    rows = names.sample(count, with_replacement=True, seed=seed).rows()
    return pl.DataFrame(
        [(number, of, NOISE[kind](name, rng)) for number, (of, name) in enumerate(rows)],
        schema={"id": pl.Int64, "of": names.schema["id"], "name": pl.String},
        orient="row",
    )


def unlisted(names: pl.DataFrame, count: int, seed: int = 1) -> pl.DataFrame:
    """(id, name): made-up names of words that listed names are made of, as long as those and as often; none is listed.

    Hard on purpose: every word is one of a listed party, and the legal forms are theirs.
    """
    rng = random.Random(seed)
    real = names.filter(~pl.col("name").str.contains(r"[^\x00-\x7f]"))["name"].to_list()
    words = [word for name in real for word in name.split()]
    made = [" ".join(rng.choice(words) for _ in range(len(rng.choice(real).split()))) for _ in range(count)]
    frame = pl.DataFrame({"name": made}).unique(maintain_order=True).with_row_index("id")
    cores = without_forms(frame.select("id", "name")).join(
        without_forms(names.select("id", "name")).select("core").unique(), on="core", how="anti"
    )
    return frame.join(cores.select("id"), on="id", how="semi")


def _case(name: str, rng: random.Random) -> str:
    return rng.choice([name.upper(), name.lower(), name.title(), name.swapcase()])


def _punctuation(name: str, rng: random.Random) -> str:
    changes: list[Callable[[str], str]] = [
        lambda text: "".join(sign for sign in text if sign.isalnum() or sign in " -"),
        lambda text: text.replace("-", " "),
        lambda text: text.replace("'", "\u2019").replace(" ", "  "),
        lambda text: text.replace(" ", ", ", 1),
        lambda text: f"\u201c{text}\u201d.",
        lambda text: text.replace(" and ", " & ") if " and " in text else text.replace(".", ""),
        lambda text: text.replace(" ", "\u00a0"),
    ]
    return rng.choice(changes)(name)


def _script(name: str, rng: random.Random) -> str:
    def romanised(text: str) -> str:
        pairs = [pair.split("=") for pair in _ROMANISED]
        here = [pair for pair in pairs if pair[0] in text.lower()]
        old, new = rng.choice(here) if here else ("", "")
        return text.lower().replace(old, new, 1) if old else text

    def in_cyrillic(text: str) -> str:
        text = text.lower()
        for latin, cyrillic in _CYRILLIC.items():
            text = text.replace(latin, cyrillic)
        return text

    ways: list[Callable[[str], str]] = [lambda text: text.translate(_ACCENTED), in_cyrillic, romanised]
    return rng.choice(ways)(name)


def _order(name: str, rng: random.Random) -> str:
    words = name.split()
    rng.shuffle(words)
    return " ".join(words)


def _form(name: str, rng: random.Random) -> str:
    for written, other in _FORM_PAIRS.items():
        if name.endswith(" " + written):
            return name.removesuffix(written) + rng.choice([other, ""])
        if name.startswith(written + " "):
            return rng.choice([other, ""]) + name.removeprefix(written)
    return name + rng.choice(_ADDED)


def _typo(name: str, rng: random.Random) -> str:
    at, letter = rng.randrange(len(name)), rng.choice(_LETTERS)
    before, here, after = name[:at], name[at], name[at + 1 :]
    swapped = before + after[:1] + here + after[1:]
    return rng.choice([before + letter + after, before + after, before + letter + here + after, swapped])


def _but_typo(name: str, rng: random.Random) -> str:
    return _case(_order(_form(_punctuation(name, rng), rng), rng), rng)


def _typo_and_order(name: str, rng: random.Random) -> str:
    return _typo(_order(name, rng), rng)


#: What issue and user mean by typical noise, one at a time; and two kinds that go together.
TYPICAL = ("case", "punctuation", "script", "order", "form", "typo")
NOISE: dict[str, Noise] = {
    "case": _case,
    "punctuation": _punctuation,
    "script": _script,
    "order": _order,
    "form": _form,
    "typo": _typo,
    "all but typo": _but_typo,
    "typo and order": _typo_and_order,
}
