"""What a copier makes of somebody else's code, so that it does not look copied."""

from __future__ import annotations

import ast
import random

COMMENTS = ("# see the slides", "# this was hard", "# check the shape", "# todo: tidy up")


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.arg = self.names.get(node.arg, node.arg)
        return node


def disguised(source: str, seed: int) -> str:
    """A copy with other names, comments, a docstring, other blanks, and lines in another order.

    Lines change places only where neither uses what the other makes.
    """
    chance = random.Random(seed)
    tree = ast.parse(source)
    own = _names(tree, ast.Store) | {
        node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)
    }
    renamed = _Renamed(
        {name: f"{name[::-1]}_{seed}x" for name in sorted(own) if name.isidentifier()}
    )
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            _swap_neighbours(node.body)
            node.body.insert(0, ast.Expr(ast.Constant(f"My own solution, number {seed}.")))
    lines = []
    for line in ast.unparse(ast.fix_missing_locations(renamed.visit(tree))).split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        if chance.random() < 0.5 and line.strip() and "'''" not in line and '"""' not in line:
            lines.append(indent + chance.choice(COMMENTS))
        lines.append(line.replace(" = ", "   =  ").replace(", ", " ,"))
        if chance.random() < 0.3:
            lines.append("")
    return "\n".join(lines)


def _swap_neighbours(body: list[ast.stmt]) -> None:
    place = 0
    while place + 1 < len(body):
        first, second = body[place], body[place + 1]
        if isinstance(first, ast.Assign) and isinstance(second, ast.Assign):
            made = [_names(statement, ast.Store) for statement in (first, second)]
            used = [_names(statement, ast.Load) for statement in (first, second)]
            if not (made[0] & (used[1] | made[1]) or made[1] & used[0]):
                body[place], body[place + 1] = second, first
                place += 1
        place += 1


def _names(tree: ast.AST, context: type[ast.expr_context]) -> set[str]:
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, context)}
