"""From source text that uses tf.contrib.eager to the edits that make it use tfe_compat.

    plan(text)    what to change, and what a person has to look at

Pure text in, plain data out: no file is read or written, and no code is run. The syntax tree only
says *where* to edit; every character outside an edit is the one that was there.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst
from libcst import matchers
from libcst.metadata import (
    Assignment,
    BaseAssignment,
    ComprehensionScope,
    ExpressionContext,
    ExpressionContextProvider,
    ImportAssignment,
    MetadataWrapper,
    PositionProvider,
    ScopeProvider,
)

from tfe_compat.namespace import NAMES
from tfe_compat.upgrade.edits import NEWLINE, Edit, Finding, Plan, apply, relevant

TENSORFLOW = "tensorflow"
CONTRIB = "tensorflow.contrib"
EAGER = "tensorflow.contrib.eager"
PYTHON = "tensorflow.contrib.eager.python"
COMPAT = "tfe_compat"
_OTHER = ""  # what a name is bound to when that is none of the above

_COMMA = re.compile(r"(?:\s|\\|#[^\r\n]*)*,")
_DOT = re.compile(r"(?:[^#.]|#[^\r\n]*)*\.")
_EAGER_IN_STRING = re.compile(r"\bcontrib\s*\.\s*eager\b")
_MODULE_IN_STRING = re.compile(
    r"tensorflow(\.compat\.v1)?\.contrib(\.eager(\.\w+)*)?|(tf)?\.?contrib\.eager(\.\w+)*|\.eager"
)
_EXCEPT_COMMA = re.compile(r"\bexcept\b[^:#]*,")
_ATTRIBUTES = ("getattr", "hasattr", "setattr", "delattr")
_IMPORTERS = (
    "import_module",
    "__import__",
    "import_string",
    "import_optional",
    "find_spec",
    "find_loader",
    "importorskip",
    "LazyLoader",
    "lazy_import",
    "try_import",
    "patch",
    "setattr",
)


def plan(text: str, notebook: bool = False) -> Plan:
    r"""Returns what to change in text, and what can't be changed or differs.

    Example:
        >>> from tfe_compat.upgrade.edits import apply
        >>> text = "import tensorflow.contrib.eager as tfe\nnet = tfe.IsolateTest()\n"
        >>> changes = plan(text)
        >>> print(apply(text, changes.edits), end="")
        import tfe_compat as tfe
        net = tfe.IsolateTest()
        >>> [(finding.name, finding.kind) for finding in changes.findings]
        [('tfe.IsolateTest', 'gone')]

    Args:
        text: Python 3 source, without a byte order mark.
        notebook: text is the code cells of a notebook, one after the other.

    Returns:
        A Plan. Offsets count the characters of text.

    Raises:
        libcst.ParserSyntaxError: text is not Python 3.
        RecursionError: text is nested too deeply for the stack at hand.
    """
    clean, starts = _without_form_feeds(text)
    module = cst.parse_module(clean)
    _reject_python_2(module)
    if not relevant(text):
        return Plan((), ())
    if module.code != clean:
        raise ValueError("LibCST does not give this text back as it was")
    changes = _Planner(text, module, starts, notebook).plan()
    cst.parse_module(_without_form_feeds(apply(text, changes.edits))[0])
    return changes


def _reject_python_2(module: cst.Module) -> None:
    """Raises ParserSyntaxError for `except A, e:`, which LibCST takes for that of Python 3.14."""
    if not _EXCEPT_COMMA.search(module.code):
        return
    wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
    for node in matchers.findall(module, matchers.ExceptHandler(type=matchers.Tuple(lpar=[]))):
        place = wrapper.resolve(PositionProvider)[node].start
        raise cst.ParserSyntaxError(
            f"error at {place.line}:{place.column}: except A, B without parentheses",
            lines=module.code.splitlines(keepends=True),
            raw_line=place.line,
            raw_column=place.column,
        )


def _without_form_feeds(text: str) -> tuple[str, list[int]]:
    """Returns text as LibCST needs it, which drops form feeds, and where its lines start in text.

    A form feed in front of a statement is not indentation to Python; any other is but a space.
    """
    clean: list[str] = []
    starts: list[int] = []
    ends = [*NEWLINE.finditer(text), None]
    start = 0
    for end in ends:
        line = text[start : end.start() if end else len(text)]
        blank = len(line) - len(line.lstrip(" \t\f"))
        skipped = line.rfind("\f", 0, blank) + 1
        clean += [line[skipped:].replace("\f", " "), end.group() if end else ""]
        starts.append(start + skipped)
        start = end.end() if end else len(text)
    return "".join(clean), starts


def _canonical(dotted: str) -> str:
    """The one spelling of a module path that has several."""
    for spelling, canonical in (
        ("tensorflow.compat.v1", TENSORFLOW),
        ("tensorflow.contrib.eager.python.tfe", EAGER),
    ):
        if dotted == spelling or dotted.startswith(spelling + "."):
            dotted = canonical + dotted[len(spelling) :]
    root = dotted.partition(".")[0]
    return dotted if root in (TENSORFLOW, COMPAT) else _OTHER


def _dotted(node: cst.BaseExpression | None) -> str:
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    return ".".join([node.value, *reversed(parts)]) if isinstance(node, cst.Name) else ""


def _aliases(node: cst.Import | cst.ImportFrom) -> Sequence[cst.ImportAlias]:
    return () if isinstance(node.names, cst.ImportStar) else node.names


def _module(node: cst.ImportFrom) -> str:
    return _OTHER if node.relative else _canonical(_dotted(node.module))


def _binds(node: cst.Import | cst.ImportFrom, alias: cst.ImportAlias) -> tuple[str, str]:
    """The name that alias binds, and the dotted path of what it is bound to."""
    path = _dotted(alias.name)
    if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
        name = alias.asname.name.value
    else:
        name = path.partition(".")[0]
        if isinstance(node, cst.Import):
            path = name
    if isinstance(node, cst.ImportFrom):
        module = _module(node)
        path = f"{module}.{path}" if module else ""
    return name, _canonical(path)


def _import(name: str) -> str:
    return f"import {COMPAT}" if name == COMPAT else f"import {COMPAT} as {name}"


def _string(node: cst.BaseExpression) -> str | None:
    if isinstance(node, (cst.SimpleString, cst.ConcatenatedString)):
        value = node.evaluated_value
        return value if isinstance(value, str) else None
    return None


class _Chain:
    """A dotted expression: its root, and the attributes taken from it, the outermost last."""

    def __init__(self, root: cst.BaseExpression, attributes: Sequence[cst.Attribute] = ()) -> None:
        self.root = root
        self.attributes = attributes
        self.names = [attribute.attr.value for attribute in attributes]

    @property
    def node(self) -> cst.BaseExpression:
        return self.attributes[-1] if self.attributes else self.root


def _chain(node: cst.BaseExpression) -> _Chain:
    attributes: list[cst.Attribute] = []
    while isinstance(node, cst.Attribute):
        attributes.append(node)
        node = node.value
    return _Chain(node, attributes[::-1])


class _Collector(cst.CSTVisitor):
    """Walks the tree once and notes what the planner needs; decides nothing."""

    METADATA_DEPENDENCIES = (PositionProvider, ScopeProvider, ExpressionContextProvider)

    def __init__(self) -> None:
        super().__init__()
        self.chains: list[_Chain] = []
        self.imports: list[cst.Import | cst.ImportFrom] = []
        self.calls: list[cst.Call] = []
        self.subscripts: list[cst.Subscript] = []
        self.names: set[str] = set()
        self.deleted: set[str] = set()
        self.declared: set[str] = set()  # by a global or nonlocal statement
        self.values: dict[cst.CSTNode, cst.BaseExpression] = {}  # by the name it is assigned to
        self.assigns: dict[cst.CSTNode, cst.Assign] = {}  # by value, where it is `name = value`
        self.lines: dict[cst.CSTNode, cst.SimpleStatementLine | cst.SimpleStatementSuite] = {}

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> None:
        self.lines.update((statement, node) for statement in node.body)

    def visit_SimpleStatementSuite(self, node: cst.SimpleStatementSuite) -> None:
        self.lines.update((statement, node) for statement in node.body)

    def visit_Import(self, node: cst.Import) -> bool:
        self.imports.append(node)
        self.names.update(_binds(node, alias)[0] for alias in node.names)
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        self.imports.append(node)
        self.names.update(_binds(node, alias)[0] for alias in _aliases(node))
        return False

    def visit_Global(self, node: cst.Global) -> bool:
        self._declare(node.names)
        return False

    def visit_Nonlocal(self, node: cst.Nonlocal) -> bool:
        self._declare(node.names)
        return False

    def _declare(self, items: Sequence[cst.NameItem]) -> None:
        names = {item.name.value for item in items}
        self.declared |= names
        self.names |= names

    def visit_Assign(self, node: cst.Assign) -> None:
        for target in node.targets:
            if isinstance(target.target, cst.Name):
                self.values[target.target] = node.value
                if len(node.targets) == 1:
                    self.assigns[node.value] = node

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        if isinstance(node.target, cst.Name) and node.value is not None:
            self.values[node.target] = node.value

    def visit_NamedExpr(self, node: cst.NamedExpr) -> None:
        if isinstance(node.target, cst.Name):
            self.values[node.target] = node.value
            scope = self.get_metadata(ScopeProvider, node, None)
            if isinstance(scope, ComprehensionScope):  # LibCST leaves it there; Python does not
                while isinstance(scope, ComprehensionScope):
                    scope = scope.parent
                scope.record_assignment(node.target.value, node.target)

    def visit_MatchAs(self, node: cst.MatchAs) -> bool:
        self._capture(node, node.name)
        if node.pattern is not None:
            node.pattern.visit(self)
        return False

    def visit_MatchStar(self, node: cst.MatchStar) -> bool:
        self._capture(node, node.name)
        return False

    def visit_MatchMapping(self, node: cst.MatchMapping) -> bool:
        self._capture(node, node.rest)
        for element in node.elements:
            element.visit(self)
        return False

    def visit_MatchKeywordElement(self, node: cst.MatchKeywordElement) -> bool:
        node.pattern.visit(self)
        return False

    def _capture(self, node: cst.CSTNode, name: cst.Name | None) -> None:
        # LibCST takes the name that a pattern binds for one that is read.
        if name is not None:
            self.names.add(name.value)
            scope = self.get_metadata(ScopeProvider, node, None)
            if scope is not None:
                scope.record_assignment(name.value, node)

    def visit_Call(self, node: cst.Call) -> None:
        self.calls.append(node)

    def visit_Subscript(self, node: cst.Subscript) -> None:
        self.subscripts.append(node)

    def visit_Arg(self, node: cst.Arg) -> bool:
        node.value.visit(self)
        return False

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        chain = _chain(node)
        self.chains.append(chain)
        if isinstance(chain.root, cst.Name):
            self.names.add(chain.root.value)
        else:
            chain.root.visit(self)
        return False

    def visit_Name(self, node: cst.Name) -> bool:
        self.names.add(node.value)
        context = self.get_metadata(ExpressionContextProvider, node, None)
        if context in (ExpressionContext.LOAD, ExpressionContext.DEL):
            self.chains.append(_Chain(node))
        if context is ExpressionContext.DEL:
            self.deleted.add(node.value)
        return False


@dataclass(frozen=True)
class _Reference:
    """An expression that means the module, and gives way to the name that it is imported as."""

    chain: _Chain
    start: int
    end: int


class _Planner:
    def __init__(self, text: str, module: cst.Module, starts: Sequence[int], notebook: bool):
        self.text = text
        self.module = module
        self.starts = starts
        self.notebook = notebook
        wrapper = MetadataWrapper(self.module, unsafe_skip_copy=True)
        self.code = _Collector()
        wrapper.visit(self.code)
        self.scopes = wrapper.resolve(ScopeProvider)
        self.positions = wrapper.resolve(PositionProvider)
        self.contexts = wrapper.resolve(ExpressionContextProvider)
        self.targets: dict[BaseAssignment, frozenset[str]] = {}
        self.edits: list[Edit] = []
        self.findings: set[Finding] = set()
        self.references: list[_Reference] = []
        self.bound: list[tuple[str, cst.CSTNode]] = []  # names of the module, and by what
        self.unaliased: list[tuple[cst.Import, cst.ImportAlias]] = []
        self.kept: set[BaseAssignment] = set()  # what is still read after the rewriting
        self.literal: set[cst.CSTNode] = set()  # module arguments of getattr(module, "known name")

    def plan(self) -> Plan:
        for node in self.code.imports:
            if isinstance(node, cst.Import):
                self._import(node)
            else:
                self._import_from(node)
        for call in self.code.calls:
            self._call(call)
        for subscript in self.code.subscripts:
            self._subscript(subscript)
        for chain in self.code.chains:
            self._refer(chain)
        self._find_imports_of_contrib()
        self._provide()
        edits = sorted(self.edits, key=lambda edit: (edit.start, edit.end))
        for edit, following in zip(edits, edits[1:]):
            if edit.end > following.start:
                raise ValueError(f"two changes at once: {edit} and {following}")
        findings = sorted(self.findings, key=lambda finding: (finding.offset, finding.name))
        return Plan(tuple(edits), tuple(findings))

    # Where things stand

    def _start(self, node: cst.CSTNode) -> int:
        decorators = getattr(node, "decorators", ())
        place = self.positions[decorators[0] if decorators else node].start
        return self.starts[place.line - 1] + place.column

    def _end(self, node: cst.CSTNode) -> int:
        place = self.positions[node].end
        return self.starts[place.line - 1] + place.column

    def _line_end(self, offset: int) -> int:
        """Where the logical line that has no token after offset but a comment ends."""
        while True:
            newline = NEWLINE.search(self.text, offset)
            if newline is None:
                return len(self.text)
            if not self.text[: newline.start()].endswith("\\"):
                return newline.start()
            offset = newline.end()

    def _newline(self, offset: int) -> str:
        newline = NEWLINE.match(self.text, offset)
        return newline.group() if newline else self.module.default_newline

    def _on_own_line(self, statement: cst.CSTNode) -> bool:
        line = self.code.lines[statement]
        return isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1

    def _edit(self, start: int, end: int, text: str) -> None:
        self.edits.append(Edit(start, end, text))

    def _add_after(self, statement: cst.CSTNode, text: str) -> None:
        """Puts one more statement behind statement: a line of its own where there is one."""
        start, end = self._start(statement), self._end(statement)
        if self._on_own_line(statement):
            before = max(self.text.rfind(blank, 0, start) for blank in "\n\r\f") + 1
            end = self._line_end(end)
            self._edit(end, end, self._newline(end) + self.text[before:start] + text)
        else:
            self._edit(end, end, f"; {text}")

    # What names mean

    def _bindings(self, name: cst.Name) -> frozenset[str]:
        """What name can be bound to where it is read; empty if nothing here binds it."""
        return frozenset().union(*(self._target(each) for each in self._assignments(name)))

    def _assignments(self, name: cst.Name) -> set[BaseAssignment]:
        scope = self.scopes.get(name)
        return set(scope[name.value]) if scope is not None else set()

    def _target(self, assignment: BaseAssignment) -> frozenset[str]:
        if assignment not in self.targets:
            self.targets[assignment] = frozenset()  # `tf = tf` says nothing
            self.targets[assignment] = frozenset(self._targets(assignment))
        return self.targets[assignment]

    def _targets(self, assignment: BaseAssignment) -> Iterator[str]:
        node = assignment.node if isinstance(assignment, Assignment) else None
        if isinstance(assignment, ImportAssignment):
            assert isinstance(node, (cst.Import, cst.ImportFrom))
            for alias in _aliases(node):
                name, target = _binds(node, alias)
                if name == assignment.name:
                    yield target
        elif node in self.code.values:
            value = self.code.values[node]
            if isinstance(value, cst.Name) and value.value in ("None", "False"):
                return  # the stand-in of an optional import
            for target in self._resolve(value) or {_OTHER}:
                yield target if target in (TENSORFLOW, EAGER, COMPAT) else _OTHER
        else:
            yield _OTHER

    def _resolve(self, node: cst.BaseExpression) -> frozenset[str]:
        chain = _chain(node)
        if not isinstance(chain.root, cst.Name):
            return frozenset()
        return frozenset(
            _canonical(".".join([target, *chain.names])) for target in self._bindings(chain.root)
        )

    # Findings

    def _find(self, node: cst.CSTNode, kind: str, name: str, message: str) -> None:
        self.findings.add(Finding(self._start(node), kind, name, message))

    def _unfollowed(self, node: cst.CSTNode, name: str, message: str) -> None:
        self._find(node, "unfollowed", name, f"not rewritten; {message}")

    def _find_name(self, node: cst.CSTNode, names: Sequence[str], module: str = EAGER) -> None:
        """Reports the public name that is taken from the module, if there is something to say."""
        if not names or re.fullmatch(r"__\w+__", names[0]):
            return
        dotted = ".".join(names[:2])
        name = dotted if dotted in NAMES else names[0]
        entry = NAMES.get(name)
        if entry is None:
            if module == EAGER:
                message = "no public name of tf.contrib.eager in TensorFlow 1.15.5"
                self._find(node, "unknown", f"tfe.{name}", message)
        elif entry.kind == "gone":
            self._find(node, "gone", f"tfe.{name}", f"gone; {entry.note}")
        elif entry.note and module == EAGER:
            self._find(node, "differs", f"tfe.{name}", f"differs; {entry.note}")

    # Imports

    def _import(self, node: cst.Import) -> None:
        for alias in node.names:
            path = _canonical(_dotted(alias.name))
            name = _binds(node, alias)[0]
            if path == COMPAT:
                self.bound.append((name, node))
            elif path == EAGER and alias.asname is None:
                self.unaliased.append((node, alias))
            elif path == EAGER:
                self.bound.append((name, node))
                self._edit(self._start(alias.name), self._end(alias.name), COMPAT)
            elif path.startswith(EAGER + "."):
                self._unfollowed(alias, path, "an internal module; import from tfe_compat")

    def _import_from(self, node: cst.ImportFrom) -> None:
        module = _module(node)
        aliases = _aliases(node)
        if module in (EAGER, COMPAT) and aliases:
            for alias in aliases:
                self._find_name(alias, [_dotted(alias.name)], module)
            if module == EAGER and node.module is not None:
                self._edit(self._start(node.module), self._end(node.module), COMPAT)
        elif module in (CONTRIB, PYTHON) and aliases:
            wanted = "eager" if module == CONTRIB else "tfe"
            taken = [alias for alias in aliases if _dotted(alias.name) == wanted]
            if taken:
                self._split(node, taken)
            if module == PYTHON:
                for alias in aliases:
                    if alias not in taken:
                        self._internal(alias, f"{PYTHON}.{_dotted(alias.name)}")
        elif module == EAGER or (module == CONTRIB and "eager" in self.code.names):
            self._unfollowed(node, f"from {module} import *", "name what is imported")
        elif module.startswith(EAGER + "."):
            self._internal(node, module)

    def _internal(self, node: cst.CSTNode, path: str) -> None:
        self._unfollowed(node, path, "an internal module; use the public names of tfe_compat")

    def _split(self, node: cst.ImportFrom, taken: Sequence[cst.ImportAlias]) -> None:
        """Takes the module out of `from tensorflow.contrib import eager, slim`."""
        names = [_binds(node, alias)[0] for alias in taken]
        self.bound += [(name, node) for name in names]
        imports = [_import(name) for name in dict.fromkeys(names)]
        aliases = _aliases(node)
        if len(taken) == len(aliases):
            start, end = self._start(node), self._end(node)
            self._edit(start, end, imports[0])
            self._keep_comments(start, end)
            imports = imports[1:]
        else:
            self._remove(aliases, taken)
        for text in imports:
            self._add_after(node, text)

    def _keep_comments(self, start: int, end: int) -> None:
        """Moves the comments of a parenthesised import to the end of the line it becomes."""
        comments = re.findall(r"#[^\r\n]*", self.text[start:end])
        if comments:
            alone = re.compile(r"[ \t]*(?=[#\r\n]|$)").match(self.text, end)
            place = end if alone else self._line_end(end)
            self._edit(place, place, "".join(f"  {comment.rstrip()}" for comment in comments))

    def _remove(self, aliases: Sequence[cst.ImportAlias], taken: Sequence[cst.ImportAlias]) -> None:
        last = max(index for index, alias in enumerate(aliases) if alias not in taken)
        for index, alias in enumerate(aliases):
            if alias not in taken:
                continue
            start, end = self._start(alias), self._end(alias)
            if index < last:
                gap = (end, self._start(aliases[index + 1]))
                whole = (start, gap[1])
            else:
                gap = (self._end(aliases[index - 1]), start)
                whole = (gap[0], end)
            if "#" not in self.text[slice(*gap)]:
                self._edit(*whole, "")
                continue
            self._edit(start, end, "")
            comma = _COMMA.match(self.text, end)
            if comma:
                self._edit(comma.end() - 1, comma.end(), "")

    # What reaches a module by its name

    def _call(self, call: cst.Call) -> None:
        function = call.func
        if isinstance(function, cst.Attribute):
            function = function.attr
        if not isinstance(function, cst.Name) or not call.args:
            return
        strings = [_string(arg.value) for arg in call.args]
        if isinstance(call.func, cst.Name) and function.value in _ATTRIBUTES:
            if len(call.args) > 1:
                self._getattr(call, function.value, call.args[0].value, strings[1])
        elif function.value in _IMPORTERS:
            for arg, string in zip(call.args, strings):
                if string is not None and _MODULE_IN_STRING.fullmatch(string):
                    self._unfollowed(arg, string, "a module named by a string; write an import")
        elif function.value in ("exec", "eval") and _EAGER_IN_STRING.search(strings[0] or ""):
            self._unfollowed(call, f"{function.value}(...)", "code in a string")

    def _getattr(
        self, call: cst.Call, function: str, module: cst.BaseExpression, name: str | None
    ) -> None:
        modules = self._resolve(module)
        if CONTRIB in modules:
            self.literal.add(module)
            if name is None or name == "eager":
                self._unfollowed(call, f"{function}(tf.contrib, ...)", "write tf.contrib.eager out")
        elif TENSORFLOW in modules and name == "contrib":
            self._unfollowed(
                call, f'{function}(tf, "contrib")', "tf.contrib is gone; write tf.contrib.eager out"
            )
        elif EAGER in modules and name is not None:
            self._find_name(call, [name])
        elif COMPAT in modules and name is not None and function != "hasattr":
            self._find_name(call, [name], COMPAT)

    def _subscript(self, node: cst.Subscript) -> None:
        if _dotted(node.value) not in ("sys.modules", "modules"):
            return
        for element in node.slice:
            if isinstance(element.slice, cst.Index):
                string = _string(element.slice.value)
                if string is not None and _MODULE_IN_STRING.fullmatch(string):
                    self._unfollowed(node, string, "a module named by a string; write an import")

    # Expressions

    def _refer(self, chain: _Chain) -> None:
        root = chain.root
        targets = self._bindings(root) if isinstance(root, cst.Name) else frozenset()
        lengths = {self._length(target, chain.names) for target in targets}
        length = max((each for each in lengths if each is not None), default=None)
        rewritten = False
        if length is None:
            self._refer_elsewhere(chain, targets)
        elif PYTHON in self._prefixes(targets, chain.names[: length + 1]):
            self._internal(chain.node, ".".join([EAGER, *chain.names[length:]]))
        elif length == 0:
            self._find_name(chain.node, chain.names)
        elif len(lengths) > 1:
            spelling = _dotted(chain.node)
            name = spelling.partition(".")[0]
            self._unfollowed(chain.node, spelling, f"{name!r} is bound to something else as well")
        elif length == len(chain.names) and self._is_written(chain.node):
            self._unfollowed(chain.node, _dotted(chain.node), "the module itself is set or deleted")
        else:
            rewritten = True
            self._find_name(chain.node, chain.names[length:])
            self._replace(chain, length)
        if isinstance(root, cst.Name) and not rewritten:
            self.kept |= self._assignments(root)

    def _prefixes(self, targets: frozenset[str], names: Sequence[str]) -> set[str]:
        return {_canonical(".".join([target, *names])) for target in targets}

    def _length(self, target: str, names: Sequence[str]) -> int | None:
        """How many of names lead from target to the module; None if they don't."""
        lengths = [
            length
            for length in range(min(len(names), 6) + 1)
            if _canonical(".".join([target, *names[:length]])) == EAGER
        ]
        return max(lengths, default=None)

    def _is_written(self, node: cst.CSTNode) -> bool:
        return self.contexts.get(node) in (ExpressionContext.STORE, ExpressionContext.DEL)

    def _refer_elsewhere(self, chain: _Chain, targets: frozenset[str]) -> None:
        if COMPAT in targets:
            self._find_name(chain.node, chain.names, COMPAT)
            return
        if CONTRIB in self._prefixes(targets, chain.names):
            if not self._is_written(chain.node) and chain.node not in self.literal:
                message = "what is done with tf.contrib can't be followed; write tf.contrib.eager"
                self._unfollowed(chain.node, _dotted(chain.node), message)
            return
        spelled = _dotted(chain.root).split(".") + chain.names
        if ("contrib", "eager") in zip(spelled, spelled[1:]):
            name = _dotted(chain.node) or ".".join(["(...)", *chain.names])
            self._unfollowed(chain.node, name, f"{spelled[0] or '(...)'!r} may be anything here")

    def _replace(self, chain: _Chain, length: int) -> None:
        node = chain.attributes[length - 1]
        start, end = self._start(node), self._end(node)
        assign = self.code.assigns.get(node)
        if assign is not None and assign in self.code.lines:
            target = assign.targets[0].target
            before, after = self._start(assign), self._end(assign)
            if isinstance(target, cst.Name) and "#" not in self.text[before:after]:
                self.bound.append((target.value, assign))
                self._edit(before, after, _import(target.value))
                return
        self.references.append(_Reference(chain, start, end))

    def _find_imports_of_contrib(self) -> None:
        """Reports `from tensorflow import contrib`, which fails though its uses are rewritten."""
        for reference in self.references:
            root = reference.chain.root
            for assignment in self._assignments(root) if isinstance(root, cst.Name) else ():
                if isinstance(assignment, ImportAssignment) and CONTRIB in self._target(assignment):
                    message = "tf.contrib is gone; delete the import once nothing else needs it"
                    self._unfollowed(assignment.node, CONTRIB, message)

    # The import that the expressions need

    def _provide(self) -> None:
        """Imports the module once for all expressions, under one name, and puts that in them."""
        first = min((reference.start for reference in self.references), default=len(self.text))
        name = self._bound_name(first)
        serving: list[cst.ImportAlias] = []
        if not name:
            name = self._unused_name() if self.references else COMPAT
            serving = self._serving(first)
            if self.references and not serving:
                self._insert(_import(name), first)
        for node, alias in self.unaliased:
            if alias in serving:
                self._replace_unaliased(node, alias, name)
            else:
                self._edit(self._start(alias), self._end(alias), TENSORFLOW)
        self._replace_references(name)

    def _bound_name(self, first: int) -> str:
        """A name that the module has for all expressions as it is."""
        if not self.references:
            return ""
        names = (
            name
            for name, node in self.bound
            if self._start(node) < first and self._is_global(name, node)
        )
        return next(names, "")

    def _serving(self, first: int) -> list[cst.ImportAlias]:
        """Which `import tensorflow.contrib.eager`, rewritten in place, serve all expressions."""
        if self._covered():
            return [alias for _, alias in self.unaliased]
        return [
            alias
            for node, alias in self.unaliased
            if self._start(node) < first and self.code.lines[node] in self.module.body
        ][:1]

    def _unused_name(self) -> str:
        names = itertools.chain(["tfe", COMPAT], (f"{COMPAT}_{n}" for n in itertools.count(2)))
        return next(name for name in names if name not in self.code.names)

    def _is_global(self, name: str, node: cst.CSTNode) -> bool:
        """Whether node binds name for the whole module, and every expression means that one."""
        if name in self.code.deleted or self.code.lines[node] not in self.module.body:
            return False
        for reference in self.references:
            scope = self.scopes[reference.chain.root]
            if scope is None:
                return False
            for assignment in scope[name]:
                targets = self._target(assignment)
                if assignment.scope is not scope.globals or not targets:
                    return False
                if not targets <= {EAGER, COMPAT}:
                    return False
        return True

    def _covered(self) -> bool:
        """Whether only `import tensorflow.contrib.eager` binds what the expressions read."""
        statements = {statement for statement, _ in self.unaliased}
        return TENSORFLOW not in self.code.declared and all(
            isinstance(assignment, ImportAssignment) and assignment.node in statements
            for reference in self.references
            for assignment in self._assignments(reference.chain.root)  # type: ignore[arg-type]
        )

    def _replace_unaliased(self, node: cst.Import, alias: cst.ImportAlias, name: str) -> None:
        """Rewrites `import tensorflow.contrib.eager` in place, to import under name."""
        start, end = self._start(alias), self._end(alias)
        imported = _import(name)[len("import ") :]
        if not self._still_read(node):
            self._edit(start, end, imported)
        elif len(node.names) == 1 and self._on_own_line(node):
            self._edit(start, end, TENSORFLOW)
            self._add_after(node, _import(name))
        else:
            self._edit(start, end, f"{TENSORFLOW}, {imported}")

    def _still_read(self, node: cst.Import) -> bool:
        """Whether the name `tensorflow` that node binds is needed, and nothing else binds it."""
        if TENSORFLOW in self.code.declared:
            return True
        statements = {statement for statement, _ in self.unaliased}
        mine = [
            assignment
            for assignment in self.kept
            if assignment.name == TENSORFLOW and getattr(assignment, "node", None) is node
        ]
        others = [
            assignment
            for assignment in self.kept
            if assignment.name == TENSORFLOW
            and isinstance(assignment, ImportAssignment)
            and assignment.node not in statements
            and self.code.lines[assignment.node] in self.module.body
            and self._start(assignment.node) < self._start(node)
        ]
        return bool(mine) and not others

    def _replace_references(self, name: str) -> None:
        for reference in self.references:
            start, end = reference.start, reference.end
            if "#" in self.text[start:end]:
                self._replace_around_comments(reference, name)
                continue
            # `return(tf).contrib.eager` has no space that would keep the two words apart.
            joined = self.text[start] == "(" and re.match(r"\w", self.text[start - 1 : start])
            self._edit(start, end, f" {name}" if joined else name)

    def _replace_around_comments(self, reference: _Reference, name: str) -> None:
        root = reference.chain.root
        self._edit(self._start(root), self._end(root), name)
        for attribute in reference.chain.attributes:
            if self._end(attribute) > reference.end:
                break
            dot = _DOT.match(self.text, self._end(attribute.value))
            assert dot is not None
            self._edit(dot.end() - 1, dot.end(), "")
            self._edit(self._start(attribute.attr), self._end(attribute.attr), "")

    def _insert(self, text: str, first: int) -> None:
        """Adds the import: beside the first one of tensorflow, if that is sure to have run."""
        lines = [line for line in self.module.body if isinstance(line, cst.SimpleStatementLine)]
        for statement in (statement for line in lines for statement in line.body):
            if self._imports_tensorflow(statement) and self._start(statement) < first:
                self._add_after(statement, text)
                return
        prologue = [] if self.notebook else self._prologue()
        if prologue:
            self._add_after(prologue[-1], text)
            return
        place = self._statement_start(self.module.body[0])
        if self.notebook:  # anything above may be a cell magic, which has to stay first
            place = max(filter(first.__ge__, map(self._statement_start, self.module.body)))
        self._edit(place, place, text + self.module.default_newline)

    def _statement_start(self, line: cst.CSTNode) -> int:
        return self._start(line.body[0] if isinstance(line, cst.SimpleStatementLine) else line)

    def _imports_tensorflow(self, statement: cst.CSTNode) -> bool:
        if isinstance(statement, cst.ImportFrom):
            return _module(statement).partition(".")[0] == TENSORFLOW
        return isinstance(statement, cst.Import) and any(
            _canonical(_dotted(alias.name)).partition(".")[0] == TENSORFLOW
            for alias in statement.names
        )

    def _prologue(self) -> list[cst.BaseSmallStatement]:
        """The docstring and the `__future__` imports, which have to stay first."""
        found: list[cst.BaseSmallStatement] = []
        for line in self.module.body:
            if not isinstance(line, cst.SimpleStatementLine):
                return found
            for statement in line.body:
                docstring = (
                    not found
                    and isinstance(statement, cst.Expr)
                    and _string(statement.value) is not None
                )
                future = (
                    isinstance(statement, cst.ImportFrom)
                    and _dotted(statement.module) == "__future__"
                )
                if not docstring and not future:
                    return found
                found.append(statement)
        return found
