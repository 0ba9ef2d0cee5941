"""Imports point downward only, and no module imports itself through others."""

from __future__ import annotations

import ast
from pathlib import Path

import sayso

ROOT = Path(sayso.__file__).parent
# From the ground up. A module may import its own layer and those before it.
LAYERS = [
    "model errors", "lexicon", "text", "reading", "linking", "ledger", "pipeline", "batch", "evaluate", "keeping",
    "web", "commands", "cli",
]  # fmt: skip
ABOVE = {name: i for i, layer in enumerate(LAYERS) for name in layer.split()}
# Outside the ladder: these know records and errors only, and the top layers call them.
SIDES = {"ingest", "store", "export"}
MAY_USE_SIDES = {"batch", "evaluate", "keeping", "web", "commands", "cli"}


def _modules() -> dict[str, set[str]]:
    """Every module of the package with the modules of the package it imports."""
    found: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = {
            target
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            for target in _targets(node)
            if target != name
        }
    return found


def _targets(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "sayso":
        base = node.module.removeprefix("sayso").removeprefix(".")
        names = [f"{base}.{a.name}".strip(".") for a in node.names]
        return [n if _exists(n) else base for n in names]
    if isinstance(node, ast.Import):
        return [a.name.removeprefix("sayso.") for a in node.names if a.name.startswith("sayso.")]
    return []


def _exists(module: str) -> bool:
    path = ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def _layer(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def test_imports_point_downward() -> None:
    wrong = []
    for module, targets in _modules().items():
        here = _layer(module)
        for there in map(_layer, targets):
            if there in ("__init__", "", here):
                continue
            if here in SIDES:
                fits = there in ("model", "errors")
            elif there in SIDES:
                fits = here in MAY_USE_SIDES
            else:
                fits = ABOVE[there] <= ABOVE[here]
            if not fits:
                wrong.append(f"{module} imports {there}")
    assert not wrong, "\n".join(wrong)


def test_every_part_has_its_layer() -> None:
    parts = {_layer(m) for m in _modules()} - {"__init__", ""}
    assert parts <= set(ABOVE) | SIDES


def test_no_cycles() -> None:
    graph = _modules()
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join([*trail, module])
        if module in done:
            return
        for target in sorted(graph.get(module, ())):
            visit(target, (*trail, module))
        done.add(module)

    for module in sorted(graph):
        visit(module, ())
