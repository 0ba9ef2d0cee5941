"""Review: a queue of what is worth a person's look, and pages to decide on it.

`queue.py` what awaits whom and why; `claim.py` one claim beside its text, `form.py` its slots as fields;
`merge.py` two deals side by side; `history.py` who decided what; `agreement.py` how far two agree;
`actions.py` what is sent, by form or JSON. The deciding itself is `sayso.keeping.judge`.

**Blind review** is a mode of a reviewer's browser (`desk.py`): while it is on, these pages show him
nothing of what others decided on a claim until he has decided on it himself, and his verdict is kept
beside the first without overruling it.
"""

from sayso.web.review.actions import router as actions
from sayso.web.review.pages import router as pages

ROUTERS = (actions, pages)

__all__ = ["ROUTERS"]
