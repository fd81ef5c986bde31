"""The law as it ships, and its worked cases."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from law.base.estimate import Estimate, Outcome, Refusal
from law.base.law import Law
from law.base.month import Month
from law.calculations import CALCULATIONS

HERE = Path(__file__).parent
LAW = HERE.parents[1] / "law"


class _Exact(yaml.CSafeLoader):
    """Fractions are exact, and no key stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"a key stands twice: {node.start_mark}"
        return super().construct_mapping(node, deep)


_Exact.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Decimal(str(node.value)))


def read(path: Path) -> object:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Exact)


@pytest.fixture(scope="session")
def law() -> Law:
    parameters = {path.stem: read(path) for path in (LAW / "parameters").glob("*.yaml")}
    sources = read(LAW / "sources.yaml")
    assert isinstance(sources, dict)
    return Law.from_data(parameters, sources)


@pytest.fixture(scope="session")
def coming_floor(law: Law) -> int:
    """The lowest income from 2027 on, dong per month: still as the newspapers tell it, so no test repeats it."""
    return law.on(Month(2027, 1)).value("rural_poverty_line").whole()


@pytest.fixture(scope="session")
def yaml_of() -> Callable[[Path], object]:
    """Read a YAML file as the program reads its own: fractions exact, no key twice."""
    return read


@pytest.fixture
def run(law: Law) -> Callable[..., Outcome]:
    """Run a calculation by its name with inputs as a case file writes them."""
    return lambda name, **given: CALCULATIONS[name].run(law, given)


@pytest.fixture
def estimated(run: Callable[..., Outcome]) -> Callable[..., Estimate]:
    """The same where an estimate is expected."""

    def estimate(name: str, **given: object) -> Estimate:
        outcome = run(name, **given)
        assert isinstance(outcome, Estimate), outcome
        return outcome

    return estimate


@pytest.fixture
def refused(run: Callable[..., Outcome]) -> Callable[..., Refusal]:
    """The same where a refusal is expected."""

    def refuse(name: str, **given: object) -> Refusal:
        outcome = run(name, **given)
        assert isinstance(outcome, Refusal), outcome
        return outcome

    return refuse


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each worked case of every YAML file here."""
    if "case" in metafunc.fixturenames:
        found = []
        for path in sorted(HERE.glob("*.yaml")):
            cases = read(path)
            assert isinstance(cases, list), f"{path.name} must be a list of cases"
            found += [pytest.param(case, id=f"{path.stem}:{case['id']}") for case in cases]
        metafunc.parametrize("case", found)
