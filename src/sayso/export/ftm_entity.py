"""FollowTheMoney entities as plain objects: stable ids, values that fit, and the schema of a name.

Form: the schema of FollowTheMoney 4 (https://followthemoney.tech/explorer/). Properties are lists of
strings; an id is made from what the entity is, so that the same ledger gives the same ids.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from hashlib import sha1
from urllib.parse import urlsplit

from sayso.export.files import Json
from sayso.export.places import body_kinds
from sayso.export.walk import Notes
from sayso.model import VoiceKind

Values = Iterable[str | dt.date | None]
Entity = dict[str, Json]

_LONGEST = {"name": 384, "title": 1024, "author": 1024, "publisher": 1024, "role": 1024, "status": 1024,
            "keywords": 1024, "recordId": 1024, "namesMentioned": 384, "sourceUrl": 4096}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LONGEST_TEXT = 65_000
_SCHEMA = {
    "firm": "Company", "country": "PublicBody", "ministry": "PublicBody", "agency": "PublicBody",
    "armed_forces": "PublicBody", "parliament": "PublicBody", "government": "PublicBody", "court": "PublicBody",
    "international": "Organization", "alliance": "Organization", "armed_group": "Organization",
    "think_tank": "Organization",
}  # fmt: skip
# ISO 639-1 to the ISO 639-3 codes that the model knows.
_LANGUAGES = dict(
    pair.split(":") for pair in """
    af:afr am:amh ar:ara az:aze be:bel bn:ben bs:bos bg:bul ca:cat cs:ces da:dan de:deu el:ell en:eng et:est
    fa:fas fi:fin fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn kn:kan ka:kat
    kk:kaz km:khm ky:kir ko:kor lo:lao lv:lav lt:lit lb:ltz mk:mkd mt:mlt mn:mon ms:msa my:mya ne:nep nl:nld
    no:nor nb:nor nn:nor pl:pol pt:por ps:pus ro:ron ru:rus si:sin sk:slk sl:slv es:spa sq:sqi sr:srp sw:swa
    sv:swe ta:tam te:tel tg:tgk tl:tgl th:tha tk:tuk tr:tur uk:ukr ur:urd uz:uzb vi:vie zh:zho""".split()
)  # fmt: skip


def identity(*parts: str) -> str:
    """An id: a digest of what makes the entity that one and no other."""
    return "sayso-" + sha1("\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()


def entity(schema: str, id: str, notes: Notes, /, **properties: Values) -> Entity:
    """An entity with the values that it has, each once; a value too long is cut, and counted."""
    held: dict[str, Json] = {}
    for name, values in properties.items():
        most = _LONGEST.get(name, _LONGEST_TEXT)
        # A name on one line; sentences and addresses as they are, but for blanks around them.
        texts = [v.isoformat() if isinstance(v, dt.date) else v for v in values if v is not None]
        notes["values with control characters, which are blanks"] += sum(bool(_CONTROL.search(t)) for t in texts)
        texts = [_CONTROL.sub(" ", t).strip() for t in texts]
        if name in ("name", "namesMentioned"):
            texts = [" ".join(t.split()) for t in texts]
        notes[f"values longer than FollowTheMoney's {name} may be, which are cut"] += sum(len(t) > most for t in texts)
        kept: list[Json] = list(dict.fromkeys(t[:most].strip() for t in texts if t))
        if kept:
            held[name] = kept
    return {"id": id, "schema": schema, "properties": held}


def schema_of(name: str, kind: VoiceKind | None = None) -> str:
    """The schema of a party or speaker: by what the vocabulary knows of the name, else as open as can be."""
    if kind is VoiceKind.NAMED_PERSON:
        return "Person"
    if kind is VoiceKind.OUTLET:
        return "Organization"
    return _SCHEMA.get(body_kinds().get(" ".join(name.split()).casefold(), ""), "LegalEntity")


def language(code: str, notes: Notes) -> str | None:
    found = _LANGUAGES.get(code)
    notes["languages that FollowTheMoney does not list"] += found is None
    return found


def address(url: str | None, notes: Notes) -> str | None:
    """A document's address, where it is one of the web."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in ("http", "https") and parts.hostname and not any(c.isspace() for c in url):
        return url if parts.path else parts._replace(path="/").geturl()
    notes["addresses that are not of the web"] += 1
    return None
