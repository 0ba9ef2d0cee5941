"""Who uses the workbench, and what each may do.

On loopback it is one person's own: no password, and everybody who reaches it is `ANALYST`, an
admin. As soon as the ledger has an account, or `Settings.accounts` says so, everybody logs in.

**The user of a request** is `request.state.user` (`roles.User`: name and role), set by the gate
(`gate.py`) before any route. Sign verdicts with its name.

**What a role may do.** Without a word said, the gate lets a reader see every page and an analyst
send every form; what is sent under the paths in `gate.OWN` concerns its sender alone and a reader may.
A route that wants more says so: `APIRouter(dependencies=[needs(Role.ADMIN)])`, or as a parameter,
`user: Annotated[User, needs(Role.ANALYST)]`.

**Forms** carry a token (`csrf.py`): `{{ csrf_field(request) }}` within every `<form method="post">`,
the header X-CSRF-Token (from `<meta name="csrf">`) with everything else, JSON above all.

**The audit** has a line of whatever is sent by POST. A route with more to say of it than its address
writes the line itself, in the transaction of what it did: `audit.note(request, t, "merged", target)`.

The accounts themselves (`accounts.py`) are managed at /admin/users and by `sayso users`.
"""
