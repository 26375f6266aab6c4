"""Fits: from samples to rows of estimates, by pyfixest, or the reason why there is none.

Belongs here: the four methods, tests of trends before, and refusals. Does not belong here: samples (samples.py) and
where the rows are laid down (tables.py).
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from pipelines.estimation import samples
from pipelines.estimation.samples import sample_sha256, with_effects
from pipelines.estimation.specifications import Specification

#: Standard errors by clusters rest on many of them; fewer are refused.
FEWEST_CLUSTERS = 10
FEWEST_ROWS = 100
#: An instrument that explains less than this (F of the first stage) is said to be weak.
STRONG_F = 10.0
SCHEMA = {
    "spec_id": pl.String(),
    "term": pl.String(),
    "horizon_months": pl.Int32(),
    "estimate": pl.Float64(),
    "std_error": pl.Float64(),
    "conf_low": pl.Float64(),
    "conf_high": pl.Float64(),
    "p_value": pl.Float64(),
    "pretrend_p_value": pl.Float64(),
    "n_obs": pl.Int64(),
    "n_clusters": pl.Int32(),
    "sample_from": pl.Date(),
    "sample_to": pl.Date(),
    "sample_sha256": pl.String(),
    "note": pl.String(),
}
Row = dict[str, Any]


class NotComputableError(Exception):
    """Why a specification has no estimate on the data at hand."""


class Held:
    """Levels, and the changes of them that more than one specification takes."""

    def __init__(self, levels: pl.DataFrame) -> None:
        self.levels = levels
        self._changes: dict[int, pl.DataFrame] = {}

    def changes(self, lag_months: int) -> pl.DataFrame:
        if lag_months not in self._changes:
            self._changes[lag_months] = samples.changes(self.levels, lag_months)
        return self._changes[lag_months]


def estimate(held: Held, spec: Specification) -> list[Row]:
    """The rows of a specification; one without an estimate, and why, where the data do not allow it."""
    try:
        _ask_for(held.levels, spec)
        return _METHODS[spec.method](held, spec)
    except NotComputableError as reason:
        horizon = spec.lag_months if spec.method in ("change", "instrument") else 0
        return [_row(spec, "mean_after" if spec.method == "event_study" else spec.regressor, horizon, note=str(reason))]


def _ask_for(held: pl.DataFrame, spec: Specification) -> None:
    what = f"{spec.product_level} by {'month' if spec.period_months == 1 else 'year'}"
    if held.is_empty():
        raise NotComputableError(f"No imports of {what} are held.")
    if spec.needs_quantities and not held["quantity"].count():
        raise NotComputableError(f"No quantities are held with imports of {what}: prices cannot be told from values.")
    if not held["statutory_rate"].count():
        raise NotComputableError(f"No statutory rate is known for imports of {what}.")


def _change(held: Held, spec: Specification) -> list[Row]:
    rows = samples.sample(held.changes(spec.lag_months), spec)
    fit = Fit(rows, spec, spec.outcome, [spec.regressor])
    return [fit.row(spec.regressor, spec.lag_months)]


def _instrument(held: Held, spec: Specification) -> list[Row]:
    if spec.instrument is None:
        raise ValueError(f"{spec.spec_id}: no instrument")
    rows = samples.sample(held.changes(spec.lag_months), spec)
    first = Fit(rows, spec, spec.regressor, [spec.instrument])
    strength = (first.estimates[spec.instrument] / first.errors[spec.instrument]) ** 2
    words = f"F of the first stage {strength:.1f}" + ("" if strength >= STRONG_F else ": the instrument is weak") + "."
    second = Fit(rows, spec, spec.outcome, [spec.regressor], spec.instrument)
    return [
        second.row(spec.regressor, spec.lag_months, note=words),
        first.row("first_stage", spec.lag_months, of=spec.instrument, note=words),
    ]


def _event_study(held: Held, spec: Specification) -> list[Row]:
    rows = samples.event_sample(held.levels, spec)
    if not rows["since"].count():
        raise NotComputableError("No rate rose by more than half a point in a month of the window.")
    spans = sorted(h for h in rows["since"].drop_nulls().unique().to_list() if h != -1)
    names = {h: f"before_{-h}" if h < 0 else f"after_{h}" for h in spans}
    told = rows.with_columns(
        (pl.col("since") == h).fill_null(value=False).cast(pl.Float64).alias(names[h]) for h in spans
    )
    fit = Fit(told, spec, "value", list(names.values()), hashed=rows)
    before = [names[h] for h in spans if h < -1 and names[h] in fit.estimates]
    trend = fit.joint_p_value(before)
    found = [fit.row("event", h, of=names[h], pretrend=trend) for h in spans if names[h] in fit.estimates]
    nothing = dict.fromkeys(("estimate", "conf_low", "conf_high"), 0.0)
    reference = _row(spec, "event", -1, pretrend=trend, note="0 by construction.", **nothing, **fit.told)
    after = [names[h] for h in spans if h >= 0 and names[h] in fit.estimates]
    mean = fit.mean_row("mean_after", max(spans), after, trend)
    return [*sorted([*found, reference], key=lambda row: int(row["horizon_months"])), mean]


def _local_projection(held: Held, spec: Specification) -> list[Row]:
    fits: dict[int, Fit] = {}
    for horizon, rows in samples.clean_samples(held.levels, spec).items():
        try:
            fits[horizon] = Fit(rows, spec, "value", [spec.regressor])
        except NotComputableError:
            if horizon == 0:
                raise
    tests = [fit.p_values[spec.regressor] for horizon, fit in fits.items() if horizon < 0]
    # Separate fits have no joint test: the smallest p value, by Bonferroni.
    trend = min(1.0, min(tests) * len(tests)) if tests else None
    return [fit.row(spec.regressor, horizon, pretrend=trend) for horizon, fit in fits.items()]


_METHODS: dict[str, Callable[[Held, Specification], list[Row]]] = {
    "change": _change,
    "instrument": _instrument,
    "event_study": _event_study,
    "local_projection": _local_projection,
}


class Fit:
    """One regression with the effects and clusters of a specification. Raises NotComputableError if there is none.

    hashed: the sample as it is fingerprinted, where `rows` has columns made of others.
    """

    def __init__(
        self,
        rows: pl.DataFrame,
        spec: Specification,
        outcome: str,
        regressors: list[str],
        instrument: str | None = None,
        hashed: pl.DataFrame | None = None,
    ) -> None:
        if rows.height < FEWEST_ROWS:
            raise NotComputableError(f"{rows.height} rows are complete, fewer than {FEWEST_ROWS}.")
        coded = with_effects(rows, tuple(dict.fromkeys((*spec.effects, *spec.clusters))))
        columns = [outcome, *regressors, *([instrument] if instrument else []), *spec.effects, *spec.clusters]
        counts = [coded[cluster].n_unique() for cluster in spec.clusters]
        if min(counts) < FEWEST_CLUSTERS:
            words = f"{min(counts)} clusters of {spec.clusters[counts.index(min(counts))]}"
            raise NotComputableError(f"{words}, fewer than the {FEWEST_CLUSTERS} that standard errors need.")
        result = _fitted(coded.select(*dict.fromkeys(columns)), spec, outcome, regressors, instrument)
        self.spec = spec
        self.names = list(result._coefnames)
        self.covariance = _positive(np.asarray(result._vcov))
        self.freedom = min(counts) - 1
        self.estimates = dict(zip(self.names, (float(b) for b in result._beta_hat), strict=True))
        self.errors = {n: math.sqrt(v) for n, v in zip(self.names, np.diag(self.covariance), strict=True)}
        self.p_values = {n: self._p_value(self.estimates[n], self.errors[n]) for n in self.names}
        self.told = {
            "n_obs": int(result._N),
            "n_clusters": min(counts),
            "sample_from": rows["period_start"].min(),
            "sample_to": rows["period_start"].max(),
            "sample_sha256": sample_sha256(rows if hashed is None else hashed),
        }

    def row(
        self, term: str, horizon: int, of: str | None = None, pretrend: float | None = None, note: str | None = None
    ) -> Row:
        """The row of a coefficient, named `of` in the fit."""
        name = of or term
        return self._told(term, horizon, self.estimates[name], self.errors[name], pretrend, note)

    def mean_row(self, term: str, horizon: int, names: list[str], pretrend: float | None) -> Row:
        """The row of the mean of coefficients."""
        if not names:
            raise NotComputableError("No month after a hit is told apart from the effects.")
        weights = np.array([1 / len(names) if n in names else 0.0 for n in self.names])
        mean = float(sum(self.estimates[n] for n in names) / len(names))
        return self._told(term, horizon, mean, math.sqrt(float(weights @ self.covariance @ weights)), pretrend, None)

    def joint_p_value(self, names: list[str]) -> float | None:
        """Whether coefficients are all 0: a Wald test, referred to F with the degrees of freedom of clusters."""
        from scipy.stats import f  # noqa: PLC0415 (half a second to import)

        if not names:
            return None
        places = [self.names.index(name) for name in names]
        vector = np.array([self.estimates[name] for name in names])
        part = self.covariance[np.ix_(places, places)]
        # More coefficients than clusters less one cannot be told apart: the covariance is not of full rank.
        rank = int(np.linalg.matrix_rank(part))
        wald = float(vector @ np.linalg.pinv(part, hermitian=True) @ vector)
        return float(f.sf(wald / rank, rank, self.freedom)) if rank else None

    def _told(
        self, term: str, horizon: int, value: float, error: float, pretrend: float | None, note: str | None
    ) -> Row:
        width = _t_quantile(self.freedom) * error
        return _row(
            self.spec,
            term,
            horizon,
            note=note,
            pretrend=pretrend,
            estimate=value,
            std_error=error,
            conf_low=value - width,
            conf_high=value + width,
            p_value=self._p_value(value, error),
            **self.told,
        )

    def _p_value(self, value: float, error: float) -> float:
        from scipy.stats import t  # noqa: PLC0415 (half a second to import)

        return float(2 * t.sf(abs(value) / error, self.freedom))


def _t_quantile(freedom: int) -> float:
    from scipy.stats import t  # noqa: PLC0415 (half a second to import)

    return float(t.ppf(0.975, freedom))


def _fitted(
    coded: pl.DataFrame, spec: Specification, outcome: str, regressors: list[str], instrument: str | None
) -> Any:
    """pyfixest's fit. Raises NotComputableError where what is asked for does not vary within the effects."""
    import pyfixest  # noqa: PLC0415 (a second to import)

    effects = " + ".join(spec.effects)
    formula = f"{outcome} ~ {' + '.join(regressors)} | {effects}"
    if instrument:
        formula = f"{outcome} ~ 1 | {effects} | {regressors[0]} ~ {instrument}"
    spread = instrument or regressors[0]
    if len(regressors) == 1 and (coded[spread].std() or 0.0) == 0.0:
        raise NotComputableError(f"{spread} is the same in all rows.")
    try:
        with warnings.catch_warnings():
            # Of rows alone in an effect, which n_obs tells, and of variances, which are looked at below.
            warnings.simplefilter("ignore")
            result = pyfixest.feols(
                formula,
                data=coded,
                vcov={"CRV1": "+".join(spec.clusters)},
                copy_data=False,
                store_data=False,
                lean=True,
            )
    except ValueError as error:
        raise NotComputableError(f"Not estimated: {error}") from error
    variances = np.diag(_positive(np.asarray(result._vcov)))
    if not set(regressors).intersection(result._coefnames) or not (variances > 0).all():
        raise NotComputableError(f"{spread} does not vary within {' and '.join(spec.effects)}.")
    return result


def _positive(covariance: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Without the negative eigenvalues that clustering two ways may leave (Cameron, Gelbach and Miller 2011)."""
    if not np.isfinite(covariance).all():
        return np.zeros_like(covariance)
    values, vectors = np.linalg.eigh(covariance)
    return covariance if (values >= 0).all() else (vectors * np.clip(values, 0, None)) @ vectors.T


def _row(
    spec: Specification, term: str, horizon: int, note: str | None = None, pretrend: float | None = None, **told: Any
) -> Row:
    row = {**dict.fromkeys(SCHEMA), "spec_id": spec.spec_id, "term": term, "horizon_months": horizon}
    return {**row, **told, "pretrend_p_value": pretrend, "note": note}
