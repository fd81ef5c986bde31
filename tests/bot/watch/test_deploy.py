"""The dashboard and the alerts: every query can be read, and asks for what is there; every alert is in the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import promql_parser as promql
import pytest
import yaml

from bot.base.meters import UpdateOutcome
from bot.watch.gauges import Gauges
from handlers.dialogue.message import MessageKind
from handlers.handover.ticks import ALARMS
from tests.bot.watch.conftest import MakeApp

ROOT = Path(__file__).parents[3]
DASHBOARD = json.loads((ROOT / "deploy" / "grafana" / "bhxh.json").read_text(encoding="utf-8"))
RULES = yaml.safe_load((ROOT / "deploy" / "prometheus" / "bhxh.rules.yaml").read_text(encoding="utf-8"))["groups"]
PAGE = (ROOT / "docs" / "van-hanh.md").read_text(encoding="utf-8")

ALERTS = [rule for group in RULES for rule in group["rules"] if "alert" in rule]
RECORDED = {rule["record"] for group in RULES for rule in group["rules"] if "record" in rule}
OF_PROMETHEUS = {"up"}
DRAWN = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
QUERIES = [
    *DRAWN,
    *(rule["expr"] for group in RULES for rule in group["rules"]),
]
VALUES: dict[str, tuple[str, ...]] = {
    "kind": get_args(MessageKind),
    "outcome": get_args(UpdateOutcome),
    "decision": ("answer", "choose", "refer", "chat", "unknown"),
    "level": ("warning", "error"),
    "to": ("people", "staff"),
    "alarm": ALARMS,
    "became": ("sent", "gone", "failed", "unknown", "put_off"),
}
"""What a label may be, where it is a list of this software."""


def selectors(part: Any) -> Iterator[Any]:
    """Every series a query asks for."""
    match part:
        case promql.VectorSelector():
            yield part
        case promql.MatrixSelector():
            yield part.vector_selector
        case promql.BinaryExpr():
            yield from selectors(part.lhs)
            yield from selectors(part.rhs)
        case promql.AggregateExpr() | promql.ParenExpr() | promql.UnaryExpr() | promql.SubqueryExpr():
            yield from selectors(part.expr)
        case promql.Call():
            for each in part.args:
                yield from selectors(each)


def groupings(part: Any) -> Iterator[tuple[str, Any]]:
    """Every label that a sum is made by, with what is summed."""
    match part:
        case promql.AggregateExpr():
            for label in part.modifier.labels if part.modifier is not None else ():
                yield label, part.expr
            yield from groupings(part.expr)
        case promql.BinaryExpr():
            yield from groupings(part.lhs)
            yield from groupings(part.rhs)
        case promql.Call():
            for each in part.args:
                yield from groupings(each)


@pytest.fixture
def known(make_watched: MakeApp) -> dict[str, tuple[str, ...]]:
    """Every series that /metrics tells, with its labels."""
    watched = make_watched()
    Gauges(watched.app, watched.clock)
    found: dict[str, tuple[str, ...]] = {}
    for collector, names in watched.app.meters.registry._collector_to_names.items():
        labels = getattr(collector, "_labelnames", ())
        for name in names:
            found[name] = (*labels, "le") if name.endswith("_bucket") else tuple(labels)
    of_the_process = (each.name for family in watched.app.meters.registry.collect() for each in family.samples)
    return dict.fromkeys(of_the_process, ()) | found


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_asks_for_what_is_there(query: str, known: dict[str, tuple[str, ...]]) -> None:
    parsed = promql.parse(query)
    asked = list(selectors(parsed))
    assert asked
    for each in asked:
        assert each.name in known.keys() | RECORDED | OF_PROMETHEUS, each.name
        for matcher in each.matchers.matchers if each.name in known else ():
            assert matcher.name in known[each.name], f"{each.name} has no {matcher.name}"
            for value in matcher.value.split("|") if matcher.name in VALUES else ():
                assert value in VALUES[matcher.name], f"{matcher.name} is never {value}"
    for label, summed in groupings(parsed):
        assert all(label in known[each.name] for each in selectors(summed)), label


@pytest.mark.parametrize("query", DRAWN)
def test_no_series_is_drawn_in_the_place_of_another_with_the_same_labels(query: str) -> None:
    """«a or b» leaves out what of b has the labels of a; an alert rings by either."""
    assert not re.search(r"\bor\b", query), query


def test_the_check_itself_finds_what_is_wrong(known: dict[str, tuple[str, ...]]) -> None:
    for wrong in (
        "bhxh_update_total",
        'bhxh_updates_total{type="text"}',
        'bhxh_updates_total{outcome="lost"}',
        "sum by (code) (rate(bhxh_updates_total[5m]))",
    ):
        with pytest.raises(AssertionError):
            test_a_query_asks_for_what_is_there(wrong, known)


def test_every_metric_of_ours_is_shown_or_rings_and_has_its_line_in_the_page(known: dict[str, tuple[str, ...]]) -> None:
    ours = {_metric(name) for name in known if name.startswith("bhxh_")}
    assert len(ours) > 20
    asked = {_metric(each.name) for query in QUERIES for each in selectors(promql.parse(query))}
    assert ours - asked == set(), "neither shown nor watched"
    assert {_metric(name) for name in re.findall(r"^\| `(bhxh_\w+)`", PAGE, re.MULTILINE)} == ours
    assert set(re.findall(r"^\| `(bhxh_\w+)`", PAGE, re.MULTILINE)) <= known.keys(), "not the name it is asked by"


def _metric(series: str) -> str:
    return re.sub(r"_(total|bucket|count|sum|created|info)$", "", series)


def test_every_alert_has_its_part_of_the_page_and_every_part_its_alert() -> None:
    parts = set(re.findall(r"`(Bhxh\w+)`", PAGE))
    assert parts == {rule["alert"] for rule in ALERTS}
    assert all(rule["annotations"]["summary"] and rule["labels"]["severity"] for rule in ALERTS)
