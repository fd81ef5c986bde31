"""Writes docs/glossary.md from the parameters of the law: `make glossary`."""

from __future__ import annotations

from pathlib import Path

from bot.base.content import read_law
from law.base.law import Law

_HEAD = """# Glossary

The law's terms, as its parameters carry them. Written from `law/parameters/` by `make glossary`.

| term | parameter | unit | known from |
|---|---|---|---|
"""


def glossary(law: Law) -> str:
    """The glossary as Markdown, by term."""
    rows = sorted((each.term, each.name, each.unit, each.values[0].since) for each in law.parameters)
    return _HEAD + "".join(f"| {term} | `{name}` | {unit} | {since} |\n" for term, name, unit, since in rows)


if __name__ == "__main__":
    Path(__file__).with_name("glossary.md").write_text(glossary(read_law()), encoding="utf-8")
