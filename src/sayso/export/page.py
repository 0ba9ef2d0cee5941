"""A reading as a self-contained HTML page; many, as a folder of pages with an index.

Nothing on a page comes from elsewhere, and a Content-Security-Policy with the hashes of the page's
own style and script makes the browser enforce it. Every text passes the template's escaping.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from sayso.errors import InputError
from sayso.export import page_cards, page_text, words
from sayso.export.figures import NOT_STATED, day
from sayso.model import Reading

INDEX = "index.html"
_LONGEST_NAME = 80  # characters of a file name before ".html"
# Names that Windows keeps for devices, whatever the suffix; and the index's own.
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d|index)(?:\..*)?")


@dataclass(frozen=True, slots=True)
class _Row:
    """What the index lists of one page."""

    href: str
    title: str
    outlet: str
    published: date | None
    when: str
    claims: int
    tally: list[str]
    origins: str


def write_pages(readings: Iterable[Reading], out: Path, *, many: bool) -> Iterator[Path]:
    """Writes a page a reading and yields each file's path as it is written, the index last.

    One reading and `many` False: the file `out`. Otherwise, or where `out` is a folder or has no
    suffix: a folder, made where missing. Raises `InputError` where `out` cannot be written or is a
    file for several readings, `SpanError` for a span that does not fit its text.
    """
    if many or out.is_dir() or not out.suffix:
        yield from _folder(readings, out)
        return
    for n, reading in enumerate(readings):
        if n:
            raise InputError(str(out), "a second article for one page", "the name of a folder for several articles")
        yield _write(out, page(reading))


def _folder(readings: Iterable[Reading], out: Path) -> Iterator[Path]:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(out), error.strerror or "no folder", "a folder that can be made or written to") from None
    taken: set[str] = set()
    rows: list[_Row] = []
    for reading in readings:
        name = file_name(reading.document.id, taken)
        rows.append(_row(reading, name))
        yield _write(out / name, page(reading, index=INDEX))
    rows.sort(key=lambda r: r.published or date.min, reverse=True)
    yield _write(out / INDEX, _render("index.html", rows=rows))


def _write(path: Path, html: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(str(path), error.strerror or "not written", "a place that can be written to") from None
    return path


def file_name(id_: str, taken: set[str]) -> str:
    """A name for a document's page that is safe in any file system, and adds it to `taken`.

    ASCII letters, digits, `.`, `_` and `-` only, never hidden or reserved; a digest of the id is
    added wherever the name lost something of it. Names differ even where case does not count.
    """
    plain = unicodedata.normalize("NFKD", id_).encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", plain)[: _LONGEST_NAME - 20].strip(".-~")
    if not slug or slug != id_ or _RESERVED.fullmatch(slug):
        digest = hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()[:10]
        slug = f"{slug or 'article'}-{digest}"
        if _RESERVED.fullmatch(slug):
            slug = f"article-{digest}"
    name, number = slug, 1
    while name.casefold() in taken:
        number += 1
        name = f"{slug}~{number}"
    taken.add(name.casefold())
    return f"{name}.html"


def page(reading: Reading, index: str | None = None) -> str:
    """The page of one reading; `index` is the address of the list it belongs to."""
    d = reading.document
    found = page_text.blocks(d, page_text.marks(reading))
    headline = next((b for b in found if b.zone.value == "headline"), None)
    title = words.visible(d.title or "") or f"title {NOT_STATED}"
    repeated = headline is not None and words.quote(headline.span, d.text).casefold() == title.casefold()
    href, host = page_cards.safe_link(d.url)
    found_cards = page_cards.cards(reading)
    keys = [f"c{c.number}" for c in found_cards] + [f"r{n + 1}" for n in range(len(reading.responses))]
    keys += [f"o{n + 1}" for n in range(len(reading.origins))] + (["d1"] if d.published_span else [])
    return _render(
        "page.html", targets=_targets(keys), index=index, title=title, repeated=repeated,
        outlet=words.visible(d.outlet or "") or f"outlet {NOT_STATED}", published=words.published(d),
        language=page_cards.language(d),
        language_name=words.LANGUAGE.get(d.language, words.visible(d.language) or f"language {NOT_STATED}"),
        author=words.visible(d.author or ""), dated="d1" if d.published_inferred and d.published_span else None,
        href=href, host=host, url=d.url, blocks=found, text=d.text, cards=found_cards,
        responses=page_cards.responses(reading), origins=page_cards.origins(reading),
        links=page_cards.links(d), notes=[words.visible(n) for n in reading.notes],
        counts=words.counts(reading), tally=page_cards.tally(reading), sha256=words.visible(d.sha256 or ""),
        id=words.visible(d.id),
    )  # fmt: skip


def _row(reading: Reading, href: str) -> _Row:
    d = reading.document
    when = NOT_STATED
    if d.published:
        when = day(d.published) + (" (inferred)" if d.published_inferred else "")
    return _Row(
        href=href,
        title=words.visible(d.title or "") or f"title {NOT_STATED}",
        outlet=words.visible(d.outlet or "") or f"outlet {NOT_STATED}",
        published=d.published,
        when=when,
        claims=len(reading.claims),
        tally=page_cards.tally(reading),
        origins=", ".join(words.origin(o) for o in reading.origins),
    )


def _targets(keys: list[str]) -> str:
    """Rules that light, without a script, the text of the card that the address points at, and the
    card of the text that it points at."""
    if not keys:
        return ""
    aimed = [(f"html:not(.js):has(#{k}:target, #t-{k}:target)", f'[data-k~="{k}"]') for k in keys]
    text = ",\n".join(f"{here} #text {marked}" for here, marked in aimed)
    card = ",\n".join(f"{here} .card{marked}" for here, marked in aimed)
    return f"{text} {{ background: var(--lit); }}\n{card} {{ border-color: var(--edge); box-shadow: var(--ring); }}\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sayso.export"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["runs"] = page_text.runs
    return environment


@cache
def _asset(name: str) -> str:
    environment = _environment()
    assert environment.loader
    return environment.loader.get_source(environment, name)[0]


def _render(template: str, *, targets: str = "", **values: object) -> str:
    style = _asset("page.css") + targets
    script = _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return _environment().get_template(template).render(style=style, script=script, policy=policy, **values)


def _digest(source: str) -> str:
    """A CSP source expression for an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode("ascii")
