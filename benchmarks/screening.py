"""How long screening takes, and how many names it finds and mistakes."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from benchmarks.homes import environment, full_home
from benchmarks.measure import call, run
from benchmarks.report import Result, Row
from benchmarks.screening_names import NOISE, TYPICAL, listed_names, noisy, unlisted
from benchmarks.screening_quality import best_scores, highest_scores
from pipelines.names.forms import without_forms
from pipelines.screening.screen import LEAST_SCORE

NAMES, LISTED_AMONG_THEM = 100_000, 1_000
SECONDS, LEAST_RECALL = 60, 0.98
#: Asked names of the brute force, which is then counted up to all of them.
BRUTE_NAMES = 2_000
ASKED_OF_A_KIND, MADE_UP = 10_000, 20_000
THRESHOLDS = [0.80, 0.82, 0.84, 0.85, 0.86, 0.88, 0.90, 0.92, 0.95, 0.98]


def screening(place: Path) -> Result:
    """`statecraft screen` of 100,000 names, one in a hundred a listed one written otherwise and the others made up of
    the words of listed names, as a person runs it: from starting the command to the file of matches. Against comparing
    every such name with every listed one by one call of rapidfuzz (ratio of sorted words, the same threads), counted up
    from 2,000 names. Then, on the names of all editions in the pack: the share of names found again with each kind of
    noise, and the share of made-up names that are taken for a listed one, by the score asked for.
    """
    home, _ = full_home(place)
    file, matches = place / "names.csv", place / "matches.csv"
    call("screening:write_names", {}, place / "names.log", file=str(file))
    command = [str(Path(sys.executable).with_name("statecraft")), "screen", str(file), "-o", str(matches)]
    done = run(command, environment(home), place / "screen.log")
    brute, _ = call("screening:brute_force", {}, place / "brute.log", file=str(file))
    found, _ = call("screening:quality", {}, place / "quality.log")
    recall = found["pooled"][str(LEAST_SCORE)]
    told = pl.read_csv(matches, infer_schema=False).height
    return Result(
        [
            Row(
                f"screen {NAMES:,} names",
                done.seconds,
                done.peak_mb,
                f"every pair by rapidfuzz, {brute['seconds']:.0f} s",
                done.seconds / brute["seconds"],
                f"less than {SECONDS} s",
                done.seconds < SECONDS,
                f"{told:,} matches; {done.cpu_seconds:.0f} s of processor time; every pair was counted up from "
                f"{BRUTE_NAMES:,} names",
            ),
            Row(
                f"listed names found again with typical noise, {recall:.1%}; made-up names taken for one, "
                f"{found['made up'][str(LEAST_SCORE)]:.1%}; {ASKED_OF_A_KIND * len(NOISE) + MADE_UP:,} names",
                found["seconds"],
                target=f"at least {LEAST_RECALL:.0%} found",
                met=recall >= LEAST_RECALL,
                note="; ".join(
                    f"{kind} " + ", ".join(f"{least} {share:.3f}" for least, share in shares.items())
                    for kind, shares in found.items()
                    if isinstance(shares, dict)
                ),
            ),
        ]
    )


def write_names(file: str) -> dict[str, int]:
    """A CSV of NAMES names, LISTED_AMONG_THEM of which are listed ones with all noise but typing errors."""
    listed = listed_names()
    others = unlisted(listed, NAMES + NAMES // 20).head(NAMES - LISTED_AMONG_THEM)
    names = pl.concat([others.select("name"), noisy(listed, LISTED_AMONG_THEM, "all but typo").select("name")])
    names.sample(fraction=1.0, shuffle=True, seed=1).write_csv(file)
    return {"names": names.height}


def brute_force(file: str) -> dict[str, float]:
    """Seconds of comparing every name of the file with every listed one, counted up from BRUTE_NAMES of them."""
    asked = _sorted_words(pl.read_csv(file, infer_schema=False).with_row_index("id"))[:BRUTE_NAMES]
    listed = _sorted_words(listed_names())
    begun = time.monotonic()
    process.cdist(asked, listed, scorer=fuzz.ratio, score_cutoff=100 * LEAST_SCORE, dtype=np.uint8, workers=-1)
    seconds = (time.monotonic() - begun) * NAMES / len(asked)
    return {"seconds": seconds}


def _sorted_words(names: pl.DataFrame) -> list[str]:
    cores = without_forms(names.select("id", "name"))["core"].unique().sort()
    words: list[str] = cores.str.split(" ").list.sort().list.join(" ").to_list()
    return words


def quality() -> dict[str, dict[str, float] | float]:
    """Shares of names found, by kind of noise (and "pooled" over the typical kinds) and of "made up" ones, by score."""
    begun, listed = time.monotonic(), listed_names()
    shares: dict[str, dict[str, float] | float] = {}
    pooled = dict.fromkeys(map(str, THRESHOLDS), 0.0)
    for kind in NOISE:
        scores = best_scores(noisy(listed, ASKED_OF_A_KIND, kind), listed, THRESHOLDS[0])
        of_kind = _by_threshold(scores, ASKED_OF_A_KIND)
        shares[kind] = of_kind
        if kind in TYPICAL:
            pooled = {least: share + of_kind[least] / len(TYPICAL) for least, share in pooled.items()}
    made_up = unlisted(listed, MADE_UP)
    of_made_up = _by_threshold(highest_scores(made_up, listed, THRESHOLDS[0]), made_up.height)
    return {**shares, "pooled": pooled, "made up": of_made_up, "seconds": time.monotonic() - begun}


def _by_threshold(scores: pl.DataFrame, asked: int) -> dict[str, float]:
    return {str(least): scores.filter(pl.col("score") >= least).height / asked for least in THRESHOLDS}
