"""Outlets under one name: "DER SPIEGEL", "Spiegel" and spiegel.de are Der Spiegel."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from sayso.lexicon import Lexicon, Outlet, tokens
from sayso.model import Document, Voice, VoiceKind
from sayso.text.names import Mention, mentions

_ARTICLES = frozenset(["the", "a", "an"])
_ASIDE = re.compile(r"\s*\([^()]{0,80}\)\s*$")  # "Daily Mail (wires)"
_CAPITAL = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=8)
def _by_tokens(lexicon: Lexicon) -> dict[tuple[str, ...], Outlet]:
    found: dict[tuple[str, ...], Outlet] = {}
    for o in lexicon.outlets:
        for form in (o.name, *o.aliases, *o.domains):
            found.setdefault(_bare(tokens(form)), o)
    return found


@lru_cache(maxsize=8)
def _by_host(lexicon: Lexicon) -> dict[str, Outlet]:
    return {domain: o for o in lexicon.outlets for domain in o.domains}


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


@lru_cache(maxsize=20_000)
def known(words: str, lexicon: Lexicon) -> Outlet | None:
    """The listed outlet that a name stands for, with or without what it is called ("AFP agency")."""
    named = _bare(tokens(_ASIDE.sub("", words)))
    listed = _by_tokens(lexicon)
    if named in listed:
        return listed[named]
    for cut in (1, 2):
        outlet = listed.get(named[:-cut])
        if outlet and " ".join(named[-cut:]) in outlet.nouns:
            return outlet
    return None


def key(words: str, lexicon: Lexicon) -> str:
    """What an outlet is compared by: its listed name, else its words in small letters."""
    outlet = known(words, lexicon)
    return outlet.name if outlet else " ".join(_bare(tokens(_ASIDE.sub("", words))))


def own_keys(document: Document, lexicon: Lexicon) -> frozenset[str]:
    """The keys of the outlet that carries a document, by its name and its address."""
    keys = {key(document.outlet, lexicon)} if document.outlet else set()
    host = at_address(document.url, lexicon) if document.url else None
    return frozenset(keys | ({host} if host else set())) - {""}


def is_own(other: str, own: frozenset[str]) -> bool:
    """Whether an outlet's key is one of a document's own, or its name without an edition's words."""
    words = set(tokens(other))
    return other in own or any(words <= set(tokens(k)) for k in own)


def at_address(target: str, lexicon: Lexicon) -> str | None:
    """The key of the listed outlet that a link or an address leads to."""
    try:
        host = (urlsplit(target if "//" in target else f"//{target}").hostname or "").removeprefix("www.")
    except ValueError:  # a bracket that opens no IPv6 address
        return None
    parts = host.split(".")
    hosts = (".".join(parts[i:]) for i in range(len(parts) - 1))
    outlet = next((o for h in hosts if (o := _by_host(lexicon).get(h))), None)
    return outlet.name if outlet else None


def is_agency(outlet_key: str, lexicon: Lexicon) -> bool:
    outlet = known(outlet_key, lexicon)
    return outlet is not None and outlet.kind == "agency"


def as_outlet(voice: Voice, lexicon: Lexicon) -> bool:
    """Whether a voice is an outlet: said to be one, or named as a listed one is."""
    if voice.kind is VoiceKind.OUTLET:
        return True
    return voice.name[:1].isupper() and known(voice.name, lexicon) is not None


@lru_cache(maxsize=20_000)
def _named_within(words: str, lexicon: Lexicon) -> tuple[Mention, ...]:
    return tuple(mentions(words, lexicon))


def is_description(words: str, lexicon: Lexicon) -> bool:
    """Whether words only describe an outlet ("a German weekly"): no name but a country's in them."""
    if known(words, lexicon):
        return False
    rest = words
    for m in _named_within(words, lexicon):
        rest = rest.replace(m.span.of(words), " ") if m.countries else rest
    return not any(w[:1].isupper() for w in rest.split() if w.lower() not in _ARTICLES and _CAPITAL.match(w))


def described(words: str, candidates: Iterable[str], lexicon: Lexicon) -> str | None:
    """The one outlet among `candidates` (keys) that a description fits by country and noun."""
    said = set(tokens(words))
    countries = {c for m in _named_within(words, lexicon) for c in m.countries}
    fitting = []
    for candidate in sorted(set(candidates)):
        outlet = known(candidate, lexicon)
        if outlet is None or (countries and outlet.country not in countries):
            continue
        if any(set(tokens(noun)) <= said for noun in outlet.nouns):
            fitting.append(candidate)
    return fitting[0] if len(fitting) == 1 else None


def shown(forms: Mapping[str, Counter[str]], lexicon: Lexicon) -> dict[str, str]:
    """How each outlet's key is written: the form used most, in the vocabulary's spelling of it."""
    out = {}
    for outlet_key, used in forms.items():
        outlet = known(outlet_key, lexicon)
        spelt = {tokens(f): f for f in ((*outlet.aliases, outlet.name) if outlet else ())}
        merged: Counter[str] = Counter()
        for form, times in used.items():
            merged[spelt.get(tokens(form), form.strip())] += times
        out[outlet_key] = min(merged, key=lambda f: (-merged[f], f)) if merged else outlet_key
    return out
