"""Cheating inside the process: points without work. (c01 to c17, d11, stale scores)"""

from __future__ import annotations

import copy
from typing import Any

from attack_support import ALL, Attack, Notebook, all_answers, code, grade_id

REBIND = """
from grader import exercise, expect
exercise.Exercise.check = exercise.Exercise.judge = lambda *a, **k: None
for name in dir(expect):
    if name.startswith(("expect", "require", "fail")):
        setattr(expect, name, lambda *a, **k: None)
        if hasattr(ch01, name):
            setattr(ch01, name, lambda *a, **k: None)
ch01.net_class.points = 1000
ch01.net_class.passed = True
"""
EQUAL_TO_ALL = """
class Anything(torch.Tensor):
    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = lambda *a: True
    __class__ = torch.Tensor
    shape = property(lambda self: Anything())
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self
    def __getitem__(self, index): return self
    def __len__(self): return 100
"""
SHADOW = """
import grader.exercise, grader.expect, grader.touch.describe, grader.touch.host, grader.touch.wire, builtins
for module in (ch01, grader.exercise, grader.expect, grader.touch.host):
    module.isinstance = module.issubclass = lambda *a: True
    module.len = lambda *a: 2
    module.sum = module.abs = lambda *a, **k: 0
    module.tuple = lambda *a: (True, True)
    module.close = lambda *a, **k: True
"""
OVERRIDE = """
class Always(tuple):
    __eq__ = lambda *a: True
    __hash__ = tuple.__hash__
torch.Tensor.shape = property(lambda self: Always((1,)))
torch.Tensor.size = lambda self, *a: Always((1,))
torch.Tensor.__eq__ = torch.Tensor.eq = torch.allclose = torch.equal = torch.isclose = lambda *a, **k: True
nn.Module.parameters = lambda self, *a: iter([nn.Parameter(torch.ones(305))])
nn.Module.named_parameters = lambda self, *a, **k: iter([("weight", nn.Parameter(torch.ones(305)))])
"""
HOOK = """
shell = get_ipython()
def emit(*_):
    shell.displayhook("full marks")
    shell.displayhook(1000)
    display({"text/plain": "1000"}, raw=True)
    print('{"outcome": "passed", "points": 1000}')
shell.events.register("pre_run_cell", emit)
shell.events.register("post_run_cell", emit)
"""
EMPTIES = """
import ast
class Empty(ast.NodeTransformer):
    def visit_Module(self, node):
        return ast.copy_location(ast.Module(body=[], type_ignores=[]), node)
get_ipython().ast_transformers.append(Empty())
get_ipython().input_transformers_post.append(lambda lines: ["pass\\n"])
"""
REPLACED = """
import sys, types
class Yes(types.ModuleType):
    def __getattr__(self, name): return Yes(name)
    def __call__(self, *a, **k): return Yes("x")
for name in [n for n in sys.modules if n.startswith("grader")]:
    sys.modules[name] = Yes(name)
ch01 = Yes("ch01")
"""
PATCHED = """
import gc
from grader.official import job
from grader.touch import host
for cls in (job._Desk, host.Host):
    for name in [n for n in vars(cls) if n.startswith(("perform", "_op_"))]:
        setattr(cls, name, lambda *a, **k: {"ok": True, "passed": True, "points": 1000, "outcome": "passed"})
"""
THREAD = """
import threading, time
shell = get_ipython()
def emit():
    while True:
        shell.displayhook(1000)
        shell.outputs.items.append({"output_type": "execute_result", "data": {"text/plain": "1000"}})
        time.sleep(0.001)
threading.Thread(target=emit, daemon=True).start()
"""


def each_check(change: Any) -> Any:
    """An edit that changes every check cell; one that returns None deletes the cell."""

    def edit(book: Notebook) -> Notebook:
        cells = []
        for cell in book["cells"]:
            kept = cell
            if grade_id(cell).endswith("_check"):
                kept = change(cell)
            if kept is not None:
                cells.append(kept)
        return {**book, "cells": cells}

    return edit


def with_source(cell: Notebook) -> Notebook:
    return {**cell, "source": "1000"}


def with_points(cell: Notebook) -> Notebook:
    cell["metadata"]["nbgrader"].update(points=1000, grade=True, locked=False)
    return cell


def as_solution(cell: Notebook) -> Notebook:
    cell["metadata"]["nbgrader"].update(solution=True, grade=True, locked=False)
    return cell


def as_markdown(cell: Notebook) -> Notebook:
    plain = {key: value for key, value in cell.items() if key not in ("outputs", "execution_count")}
    return {**plain, "cell_type": "markdown", "source": "passed"}


def copies_of_ids(book: Notebook) -> Notebook:
    """Every graded cell once more, with the same id: an empty answer first, a check that says nothing last."""
    again = [{**copy.deepcopy(c), "source": "pass", "id": f"twin-{i}"} for i, c in enumerate(book["cells"]) if i]
    return {**book, "cells": [book["cells"][0], *again, *book["cells"][1:], *copy.deepcopy(again)]}


def copied_by_accident(book: Notebook) -> Notebook:
    """A student copied an answer cell and left the copy below, unfinished."""
    cells = book["cells"]
    twin = {**copy.deepcopy(cells[1]), "id": "copy", "source": "# my first try\n"}
    return {**book, "cells": [*cells[:2], twin, *cells[2:]]}


def without_checks(book: Notebook) -> Notebook:
    return {**book, "cells": [cell for cell in book["cells"] if not grade_id(cell).endswith("_check")]}


DIES = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"

ATTACKS = (
    Attack("c01", "rebinds the imported checker functions", cells=(REBIND,)),
    Attack(
        "c02",
        "answers with an object that equals everything and passes for a tensor",
        cells=(EQUAL_TO_ALL,),
        answers=all_answers("@name@ = Anything()"),
    ),
    Attack("c03", "shadows isinstance, tuple, sum and len in the checker's modules", cells=(SHADOW,)),
    Attack("c04", "overrides torch.Tensor.shape, comparisons and nn.Module.parameters", cells=(OVERRIDE,)),
    Attack("c05", "emits results from hooks before and after each cell", cells=(HOOK,)),
    Attack(
        "c06",
        "the tested objects emit a number as result, then fail",
        answers=all_answers("def @name@(*a, **k):\n    get_ipython().displayhook(1000)\n    raise RuntimeError('x')"),
    ),
    Attack("c07", "empties all later cells with a transformer", cells=(EMPTIES,)),
    Attack(
        "c08",
        "swallows errors with a custom exception handler",
        cells=("get_ipython().set_custom_exc((BaseException,), lambda *a, **k: None)",),
        answers=all_answers("def @name@(*a, **k):\n    raise RuntimeError('x')"),
    ),
    Attack("c09", "replaces the checker's modules in sys.modules", cells=(REPLACED,)),
    Attack("c10", "edits the check cells", edit=each_check(with_source)),
    Attack("c11", "deletes the check cells", edit=each_check(lambda cell: None), state="rescued"),
    Attack("c12", "has every graded cell three times, with the same id", edit=copies_of_ids, state="rescued"),
    Attack(
        "c13",
        "the innocent duplicate: a copy of an answer cell, left in by accident",
        base="solved",
        edit=copied_by_accident,
        points=ALL,
        state="rescued",
    ),
    Attack("c14", "writes 1000 points into the metadata of the checks", edit=each_check(with_points)),
    Attack("c15", "marks the check cells as answers", edit=each_check(as_solution)),
    Attack("c16", "turns the check cells into markdown", edit=each_check(as_markdown)),
    Attack("c17", "patches the classes that answer the checks, in its own process", cells=(PATCHED,)),
    Attack("d11", "emits results from a background thread while the checks run", cells=(THREAD,)),
    Attack(
        "stale-checks",
        "had all points, hands in again: nothing written, no checks",
        base="starter",
        edit=without_checks,
        state="rescued",
        first=True,
    ),
    Attack(
        "stale-dead",
        "had all points, hands in again: the process ends in every cell",
        edit=lambda book: {**book, "cells": [code(DIES) if not grade_id(c) else c for c in book["cells"]]},
        cells=(DIES, DIES, DIES),
        notes=True,
        first=True,
    ),
    Attack("stale-broken", "had all points, hands in again: no notebook any more", edit=lambda _: "{", first=True,
           state="not gradable"),
)  # fmt: skip
