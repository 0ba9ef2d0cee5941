"""What the tagger's output columns mean. Training writes them, reading looks them up here."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.model import Category, Kind, Stage, VoiceKind

ROLES = ("source", "cue", "content")  # attribution spans, each tagged O, B, I on its own
KINDS = tuple(Kind)
STAGES = tuple(Stage)
CATEGORIES = tuple(Category)
OUTLET_ITSELF = "outlet_itself"
VOICES = (OUTLET_ITSELF, *VoiceKind)
SLOTS = ("supplier", "recipient", "voice", "quantity", "value", "when", "evidence", "trigger", "hedge")
LINK_DIM = 64  # width of a projection in which an anchor and a token are compared
SLOT_BIAS = -4.0  # added to a slot's score: few tokens fill a slot, and training should start there
# Decided at the item and, apart, over the evidence's words; the two are added. To those of AT_TRIGGER the words
# that carry the claim ("is negotiating") are added once more, as the trigger's pointer weighs them.
AT_TRIGGER = ("stage", "denied", "hedged")
DECISIONS = {"stage": len(STAGES), "category": len(CATEGORIES), "voice_kind": len(VOICES), "denied": 1, "hedged": 1}


def layout(slots: Sequence[str] = SLOTS) -> dict[str, tuple[int, int]]:
    """Column ranges by head name, for a tagger that knows these slots."""
    sizes = {f"tag_{r}": 3 for r in ROLES}
    # An attribution's cue is matched with its source and content tokens by a scaled dot product.
    sizes |= {f"{side}_{r}": LINK_DIM for r in ("source", "content") for side in ("cue", "token")}
    # A claim is anchored on its item's words: begin and inside, by kind.
    sizes |= {"begin": len(KINDS), "inside": len(KINDS)}
    sizes |= {f"anchor_{s}": LINK_DIM for s in slots} | {f"slot_{s}": LINK_DIM for s in slots}
    sizes |= DECISIONS | {f"evidence_{name}": size for name, size in DECISIONS.items()}
    out, at = {}, 0
    for name, size in sizes.items():
        out[name] = (at, at + size)
        at += size
    return out


LAYOUT = layout()
WIDTH = max(b for _, b in LAYOUT.values())
