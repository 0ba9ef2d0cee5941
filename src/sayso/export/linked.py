"""JSON-LD of every kind: names of things, and one document written node by node.

Contexts stand inline, so that nothing is fetched to expand them. Things of the ledger are named by
`urn:sayso:...`, archived bytes by `urn:sha256:...`.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from sayso.export.files import Json, dumped, writing
from sayso.model import Document, Voice, VoiceKind

Node = dict[str, Json]
TERMS = "urn:sayso:term:"
UNNAMED = (VoiceKind.ANONYMOUS, VoiceKind.DOCUMENT)
_WEB = "!#$%&'()*+,/:;=?@[]~"  # what stands for itself in an address


def write_nodes(path: Path, head: Node, key: str, nodes: Iterable[Node]) -> None:
    """Writes `head` with the nodes as the list `key`, a node a line, holding one at a time."""
    opening = dumped(head)[:-1]
    with writing(path) as stream:
        stream.write(f'{opening},"{key}":[')
        for n, node in enumerate(nodes):
            stream.write((",\n" if n else "\n") + dumped(node))
        stream.write("\n]}\n")


def urn(kind: str, key: str) -> str:
    """The name of a thing of the ledger: `urn:sayso:claim:1f2e3d4c5b6a.0`."""
    return f"urn:sayso:{kind}:{quote(key, safe='.~')}"


def source(key: str, document: Document | None) -> str:
    """The name of an article: its address, or that of its bytes, or its key in the ledger."""
    if document is None:
        return urn("document", key)
    if document.url and document.url.startswith(("http://", "https://")):
        return quote(document.url, safe=_WEB)
    return archived(document) or urn("document", key)


def archived(document: Document | None) -> str | None:
    return f"urn:sha256:{document.sha256}" if document and document.sha256 else None


def agent(voice: Voice, claim: str) -> str:
    """The name of a voice. One without a name of its own is another in each claim: two articles'
    "officials" need not be the same."""
    named = "\x1f".join((voice.kind.value, " ".join(voice.name.split()).casefold()))
    if voice.kind in UNNAMED:
        named += f"\x1f{claim}"
    return urn("voice", sha256(named.encode()).hexdigest()[:24])


def present(node: Node) -> Node:
    """A node without what is unknown or empty."""
    return {k: v for k, v in node.items() if v is not None and v not in ([], "")}
