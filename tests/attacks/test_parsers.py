"""Whatever text is handed to whatever reads texts: a value or none, never an error, and not slowly."""

from __future__ import annotations

import contextlib
import datetime
import functools
import importlib
import inspect
import json
import pkgutil
import re
import typing
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import handlers.reading
import vietnamese
from bot.base.config import read_settings
from bot.base.content import read_law
from bot.base.settings import BrokenSettings, Settings
from bot.channels import markup
from bot.reports.spans import PARTS, BadSpan, Part, read_span, which_part
from bot.web.query import Query
from handlers import welcome
from law import inputs
from law.calculations import CALCULATIONS
from law.inputs import WrongInput, read_options
from tests.conftest import TODAY
from tests.typed import LONGEST_TEXT, REPEATED, quick, texts, tries
from vietnamese.masking import mask

ROOMS: tuple[ModuleType, ...] = (handlers.reading, vietnamese)


def readers() -> Iterator[tuple[str, Callable[..., object], tuple[str, ...]]]:
    """Every public function of the rooms that reads a text, with the names of what it is given besides."""
    for room in ROOMS:
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            found = importlib.import_module(module.name)
            for name, given_name in vars(found).items():
                function = inspect.unwrap(given_name) if callable(given_name) else given_name
                if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != module.name:
                    continue
                kinds = typing.get_type_hints(function)
                parameters = inspect.signature(function).parameters.values()
                wanted = [each for each in parameters if each.default is each.empty]
                if any(each.kind is each.VAR_POSITIONAL for each in wanted):  # it makes a reader of words
                    continue
                if {kinds[each.name] for each in wanted} in ({str}, {str, datetime.date}):
                    yield f"{module.name}.{name}", function, tuple(each.name for each in wanted)


READERS = {name: (function, given) for name, function, given in readers()}
LAW = read_law()


def read(name: str, text: str) -> object:
    function, wanted = READERS[name]
    kinds = typing.get_type_hints(function)
    return function(**{each: text if kinds[each] is str else TODAY.date() for each in wanted})


def test_there_are_readers_to_try() -> None:
    assert len(READERS) > 75
    assert {"handlers.reading.facts.stated", "vietnamese.masking.mask", "vietnamese.encodings.repaired"} <= set(READERS)


@tries(60)
@given(texts())
def test_whatever_is_typed_every_reader_reads_it_or_says_that_it_can_not(text: str) -> None:
    for name in READERS:
        quick(functools.partial(read, name, text))


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_a_text_four_times_as_long_takes_no_reader_more_than_its_time(name: str) -> None:
    for unit in REPEATED:
        quick(functools.partial(read, name, (unit * LONGEST_TEXT)[:LONGEST_TEXT]))


@tries(40)
@given(texts())
def test_what_is_masked_stays_masked_and_holds_no_long_number(text: str) -> None:
    masked, _ = mask(text)
    assert re.search(r"(?<![0-9.,])[0-9]{9,}(?![0-9.,])", masked) is None
    assert mask(masked)[0] == masked


@tries(40)
@given(texts())
def test_whatever_is_typed_can_be_kept_and_sent(text: str) -> None:
    kept = markup.readable(text)
    kept.encode("utf-8")
    assert "\0" not in kept
    for piece in markup.pieces(text):
        assert 0 < markup.units(piece) <= markup.TEXT_LIMIT


# --- what is handed in written: options of calculations, spans, queries, codes, settings ---------------

_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=12)
    | st.sampled_from(
        ("2026-11", "1969", "9999-12", "1e999999999", "-1", "٣", "[]", "{}", "[[", "voluntary", "poor,near_poor")
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_PERIOD = st.fixed_dictionaries(
    {"from": _JSON, "to": _JSON, "income": _JSON}, optional={"scheme": _JSON, "missing_time": _JSON, "by_year": _JSON}
)
_OPTIONS = st.sampled_from([value for value in vars(inputs).values() if isinstance(value, inputs.Option)])


@tries(200)
@given(_OPTIONS, _JSON | st.lists(_PERIOD, max_size=3) | texts())
def test_an_option_of_the_law_is_read_or_refused_in_words(option: inputs.Option, written: object) -> None:
    with contextlib.suppress(WrongInput):
        quick(lambda: read_options({"key": option}, {"key": written}))


@tries(120)
@given(st.data())
def test_a_calculation_with_any_options_ends_with_a_result_a_refusal_or_a_reason(data: st.DataObject) -> None:
    calculation = data.draw(st.sampled_from(sorted(CALCULATIONS)))
    options = CALCULATIONS[calculation].options
    given_ = {
        name: data.draw(_LIKELY.get(option.written, _JSON) | _JSON)
        for name, option in options.items()
        if option.required or data.draw(st.booleans())
    }
    with contextlib.suppress(ValueError):
        quick(lambda: CALCULATIONS[calculation].run(LAW, given_))


_MONTHS = st.builds("{:04}-{:02}".format, st.integers(1900, 2200), st.integers(1, 12))
_LIKELY: dict[str, st.SearchStrategy[object]] = {
    inputs.MONTH.written: _MONTHS,
    inputs.BIRTH.written: _MONTHS | st.integers(1900, 2100),
    inputs.WHOLE.written: st.integers(-5, 10**7) | st.integers(),
    inputs.NUMBER.written: st.integers(-2, 3).map(str) | st.decimals(allow_nan=False, allow_infinity=False).map(str),
    inputs.FLAG.written: st.booleans(),
    inputs.WORD.written: st.sampled_from(("male", "female", "voluntary", "compulsory", "poor")),
    inputs.GROUP_LIST.written: st.lists(st.sampled_from(("poor", "near_poor", "ethnic", "island", "other"))),
    inputs.PERIODS.written: st.lists(
        st.fixed_dictionaries({"from": _MONTHS, "to": _MONTHS, "income": st.integers(0, 10**8)}), max_size=4
    ),
}


@tries(200)
@given(st.sampled_from(PARTS), texts() | st.from_regex(r"[0-9]{4}(-[QW]?[0-9]{1,2}){0,2}", fullmatch=True))
def test_a_span_of_a_report_is_read_or_refused(part: Part, written: str) -> None:
    for read_it in (lambda: read_span(part, written), lambda: which_part(written)):
        with contextlib.suppress(BadSpan):
            quick(read_it)


@tries(100)
@given(st.dictionaries(st.sampled_from(("ky", "tu", "den", "cu", "trang", "q", "muc")), texts()))
def test_the_query_of_a_page_is_read_or_left_out(written: dict[str, str]) -> None:
    asked = Query(written)
    quick(lambda: (asked.choice("ky", ("nam",)), asked.day("tu"), asked.day("den"), asked.words("q"), asked.page()))
    assert asked.status in (200, 400)
    assert len(asked.words("q")) <= 100
    assert 1 <= asked.page() <= 100_000


@tries(100)
@given(texts())
def test_a_code_of_a_link_is_well_formed_or_not_a_code(written: str) -> None:
    assert welcome.well_formed(written) == (re.fullmatch(r"[A-Za-z0-9_-]{1,64}", written) is not None)


@tries(60)
@given(st.dictionaries(st.sampled_from([*Settings.model_fields, "more"]), _JSON, max_size=4))
def test_settings_of_any_shape_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, written: dict[str, object]
) -> None:
    file = tmp_path_factory.mktemp("settings") / "config.yaml"
    file.write_text(json.dumps(written), encoding="utf-8")
    with contextlib.suppress(BrokenSettings):
        read_settings(file)


@tries(60)
@example(b"[" * 5_000)
@example(b"a: " + b"{a: " * 5_000)
@given(st.binary(max_size=200) | texts().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_a_file_of_settings_with_anything_in_it_is_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, written: bytes
) -> None:
    file = tmp_path_factory.mktemp("settings") / "config.yaml"
    file.write_bytes(written)
    with contextlib.suppress(BrokenSettings):
        read_settings(file)
