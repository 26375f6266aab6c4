"""Errors as the code words them, read without running it: where one is made, and where a helper is asked to make one.

Belongs here: reading Python. Does not belong here: the pages made of it (runbook.py).

A helper is a function that returns or raises an error made from what it is given (`refuse(file, rule, what, action)`):
the words stand where it is called, and are put into the helper's own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.settings import PROJECT_ROOT

CODE = ("pipelines", "dashboard")
ROOT_ERROR = "StatecraftError"
#: Stands for what only the moment knows: a name, a number, a file.
UNKNOWN = "…"
#: Names an error's words go by, in the order they are given.
_WORDS, _RULE = ("what", "action"), "rule"


@dataclass(frozen=True, order=True)
class Raised:
    """An error as the code words it; … stands for what only the moment knows. rule: of a file that was refused."""

    file: str
    kind: str
    what: str
    action: str
    rule: str = ""


@dataclass(frozen=True)
class Kind:
    """A class of errors: its own words on itself, and the file it is declared in."""

    name: str
    means: str
    file: str


@dataclass
class _Module:
    """One file. constants: texts that have a name in it.  imported: name -> file it comes from.

    helpers: function -> how it makes errors.
    """

    file: str
    tree: ast.Module
    constants: dict[str, str] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)
    helpers: dict[str, _Helper] = field(default_factory=dict)

    def helper(self, call: ast.Call, of_files: Mapping[str, _Module]) -> _Helper | None:
        """The helper a call asks: one of this file, one that is imported, or a method with a name of its own."""
        if isinstance(call.func, ast.Name):
            found = of_files.get(self.imported.get(call.func.id, self.file), self).helpers
            return found.get(call.func.id)
        name = getattr(call.func, "attr", "")
        if getattr(getattr(call.func, "value", None), "id", "") == "self":
            return self.helpers.get(name)
        here = [m for m in of_files.values() if name in m.helpers and m.helpers[name].is_method]
        near = sorted(here, key=lambda m: (m is not self, Path(m.file).parent != Path(self.file).parent))
        return near[0].helpers[name] if near else None


@dataclass(frozen=True)
class _Helper:
    """kind of the error, its parts as written in the helper, and the helper's parameters in their order."""

    kind: str
    parts: Mapping[str, ast.expr]
    parameters: tuple[str, ...]
    module: _Module
    is_method: bool


def kinds() -> list[Kind]:
    """StatecraftError and every class made from it, by name."""
    modules = _modules()
    names = _kinds(modules)
    return sorted(
        (
            Kind(node.name, (ast.get_docstring(node) or "").split("\n\n")[0], module.file)
            for module in modules
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ClassDef) and node.name in names
        ),
        key=lambda kind: kind.name,
    )


def raised() -> list[Raised]:
    """Every error worded in the code, by the file that words it."""
    return sorted({error for error, _ in _read() if error is not None})


def unread() -> list[str]:
    """Places (file:line) that make an error of ours whose words cannot be read: they must only pass on another's."""
    return sorted({place for error, place in _read() if error is None})


def _read() -> Iterator[tuple[Raised | None, str]]:
    """(error, where it is made); None for one without words of its own."""
    modules = _modules()
    names = _kinds(modules)
    for module in modules:
        module.helpers = dict(_helpers(module, names))
    of_files = {module.file: module for module in modules}
    for module in modules:
        texts = _texts(module)
        own = {call for helper in _functions(module) if helper.name in module.helpers for call in _made(helper, names)}
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or node in own:
                continue
            if isinstance(node.func, ast.Name) and node.func.id in names and (node.args or node.keywords):
                error = _error(module, node.func.id, _given(node, _WORDS), texts.get(node, {}))
                yield error, f"{module.file}:{node.lineno}"
            elif helper := module.helper(node, of_files):
                parts = _given(node, helper.parameters)
                given = {name: _words(part, module, texts.get(node, {})) for name, part in parts.items()}
                yield _error(helper.module, helper.kind, helper.parts, given, module), f"{module.file}:{node.lineno}"


def _error(
    module: _Module, kind: str, parts: Mapping[str, ast.expr], given: Mapping[str, str], at: _Module | None = None
) -> Raised | None:
    """The error these parts make; None where its words only pass on another's."""
    said = {name: _words(parts[name], module, given) for name in (*_WORDS, _RULE) if name in parts}
    if not said.get("what", "").replace(UNKNOWN, "").strip(" .:\n"):
        return None
    action = said.get("action", "")
    rule = said.get(_RULE, "").replace(UNKNOWN, "")
    return Raised((at or module).file, kind, said["what"], "" if action == UNKNOWN else action, rule)


def _modules() -> list[_Module]:
    found = []
    for folder in CODE:
        for path in sorted((PROJECT_ROOT / folder).rglob("*.py")):
            module = _Module(path.relative_to(PROJECT_ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
            for node in module.tree.body:
                if isinstance(node, ast.ImportFrom) and node.module:
                    file = f"{node.module.replace('.', '/')}.py"
                    module.imported.update({name.asname or name.name: file for name in node.names})
                module.constants.update(_assigned(node, module))
            found.append(module)
    return found


def _assigned(node: ast.AST, module: _Module) -> dict[str, str]:
    """Name -> the text it is given by this statement, as far as the code fixes it."""
    if not isinstance(node, ast.Assign):
        return {}
    pairs: list[tuple[ast.expr, ast.expr]] = [(target, node.value) for target in node.targets]
    if isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
        pairs = list(zip(node.targets[0].elts, node.value.elts, strict=False))
    texts = {target.id: _words(value, module, {}) for target, value in pairs if isinstance(target, ast.Name)}
    return {name: words for name, words in texts.items() if words.replace(UNKNOWN, "").strip()}


def _texts(module: _Module) -> dict[ast.Call, dict[str, str]]:
    """Call -> the texts that have a name in the function around it, by the last line that names them before it."""
    found: dict[ast.Call, dict[str, str]] = {}
    for function in _functions(module):
        wanted = [node for node in ast.walk(function) if isinstance(node, ast.Assign | ast.Call)]
        named: dict[str, str] = {}
        for node in sorted(wanted, key=lambda one: one.lineno):
            if isinstance(node, ast.Call):
                found[node] = named
            elif assigned := _assigned(node, module):
                named = {**named, **assigned}
    return found


def _kinds(modules: list[_Module]) -> set[str]:
    """Names of StatecraftError and of every class made from it."""
    made_from = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {ROOT_ERROR}
    while more := {name for name, bases in made_from.items() if bases & found} - found:
        found |= more
    return found


def _functions(module: _Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef)]


def _made(function: ast.FunctionDef, names: set[str]) -> list[ast.Call]:
    """Errors the function makes itself."""
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in names]


def _helpers(module: _Module, names: set[str]) -> Iterator[tuple[str, _Helper]]:
    for function in _functions(module):
        parameters = tuple(p.arg for p in (*function.args.args, *function.args.kwonlyargs) if p.arg != "self")
        made = _made(function, names)
        parts = _given(made[0], _WORDS) if len(made) == 1 else {}
        asked = {name.id for part in parts.values() for name in ast.walk(part) if isinstance(name, ast.Name)}
        if "what" in parts and "what" in asked & set(parameters):
            is_method = bool(function.args.args) and function.args.args[0].arg == "self"
            yield function.name, _Helper(made[0].func.id, parts, parameters, module, is_method)  # type: ignore[attr-defined]


def _given(call: ast.Call, parameters: tuple[str, ...]) -> dict[str, ast.expr]:
    """Parameter -> what the call gives it."""
    given = dict(zip(parameters, call.args, strict=False))
    return {**given, **{word.arg: word.value for word in call.keywords if word.arg}}


def _words(node: ast.expr, module: _Module, given: Mapping[str, str]) -> str:
    """A text as far as the code fixes it. given: what a helper's parameters and a function's names stand for."""

    def of(part: ast.expr) -> str:
        return _words(part, module, given)

    text = UNKNOWN
    match node:
        case ast.Constant(value=str(fixed)):
            text = fixed
        case ast.JoinedStr(values=parts):
            text = "".join(map(of, parts))
        case ast.FormattedValue(value=ast.Name() as name):
            text = of(name)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            text = of(left) + of(right)
        case ast.IfExp(body=body, orelse=other):
            text = " / ".join(filter(None, dict.fromkeys((of(body), of(other))))) or UNKNOWN
        case ast.Name(id=name):
            text = given.get(name) or module.constants.get(name) or UNKNOWN
        case ast.Call(args=parts) if given:  # words that are looked over on the way: redact(what)
            text = next((words for words in map(of, parts) if words != UNKNOWN), UNKNOWN)
    return text
