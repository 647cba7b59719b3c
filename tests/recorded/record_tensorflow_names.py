"""Records which names TensorFlow 1.15.5 had, and which of them TensorFlow 2 has where.

Run it with TF 1.15.5 (Python 3.7), with the oldest and with the newest TensorFlow 2 that are
supported (there with tf-keras), each into a file of its own, and then join the three:

    python record_tensorflow_names.py list old.json
    python record_tensorflow_names.py list oldest.json old.json
    python record_tensorflow_names.py list newest.json old.json
    python record_tensorflow_names.py join old.json oldest.json newest.json

The last line writes `upgrade/tables/tensorflow_names.json`, which `public_names.py` reads, and all
names of TF 1.15.5 for the tests, which check what becomes of each. Everything in them is
measured: a name of an internal module or of tf.contrib is "same" as a public one if the two were
one object in TF 1.15.5, or equal constants, or if the public function of that name also takes all
that the internal one does.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import pathlib
import pkgutil
import sys
import types
import warnings
from typing import Any, Dict

_Names = Dict[str, Any]

_HERE = pathlib.Path(__file__).absolute().parent
_EVERY_NAME = _HERE / "tensorflow_1_15_names.json"
_TABLE = _HERE.parents[1] / "tfe_compat" / "upgrade" / "tables" / "tensorflow_names.json"
_INTERNAL = ("tensorflow.python", "tensorflow.contrib")
# Modules of TensorFlow that its public modules only happen to show.
_SKIPPED = ("python", "core", "compiler", "tools", "pywrap_tensorflow", "compat", "v1", "v2")
_FUTURE = ("absolute_import", "division", "print_function", "unicode_literals")
# Modules that TensorFlow 2 itself has changed since: that a name is only in tensorflow.compat.v1
# says nothing there.
_CHANGED = ("keras", "estimator", "lite", "tpu", "raw_ops", "app", "flags")


def list_names(old: _Names) -> _Names:
    """Lists the names of the installed TensorFlow; of internal modules, those that old has."""
    os.environ["TF_USE_LEGACY_KERAS"] = "1"
    warnings.simplefilter("ignore")
    import tensorflow as tf

    is_old = tf.__version__.startswith("1.")
    v1 = tf if is_old else tf.compat.v1
    names: _Names = {"version": tf.__version__, "v1": _public(v1), "tensorflow": _public(tf)}
    if is_old:
        names["internal"] = _internal(v1, names["v1"])
        del names["tensorflow"]
        names["contrib"] = {
            name: [each for each in dir(getattr(tf.contrib, name)) if each[0] != "_"]
            for name in dir(tf.contrib)
            if isinstance(getattr(tf.contrib, name), types.ModuleType) and name[0] != "_"
        }
    else:
        names["internal"] = {
            module: [name for name in old["internal"][module] if _has(loaded, name)]
            for module, loaded in map(_load, old["internal"])
            if loaded is not None
        }
    return names


def _public(module: Any, path: str = "", above: Any = ()) -> _Names:
    found: _Names = {}
    names = []
    for name in sorted(set(dir(module))):
        if name.startswith("_") or name in _FUTURE:
            continue
        try:
            value = getattr(module, name)
        except Exception:  # a lazy module that is not installed
            continue
        if isinstance(value, types.ModuleType):
            if not value.__name__.startswith(("tensorflow", "keras", "tf_keras")):
                continue
            inner = path + "." + name if path else name
            if name not in _SKIPPED and name != "contrib" and value not in above:
                found.update(_public(value, inner, (*above, module)))
        names.append(name)
    found[path] = names
    return found


def _internal(v1: Any, public: _Names) -> _Names:
    """Returns for each internal module its names, each with its public names."""
    paths: dict[int, list[str]] = {}
    for path, names in public.items():
        for name in names:
            value = _at(v1, path + "." + name if path else name)
            if not isinstance(value, (int, float, str, tuple, type(None), types.ModuleType)):
                paths.setdefault(id(value), []).append(path + "." + name if path else name)
    found: _Names = {}
    for root in _INTERNAL:
        package = importlib.import_module(root)
        for info in pkgutil.walk_packages(package.__path__, root + ".", onerror=lambda name: None):
            if info.name.endswith("_test") or ".python." in info.name[len(root) :]:
                continue  # internal modules of tf.contrib are gone with it
            _, module = _load(info.name)
            if module is None:
                continue
            values = {
                name: getattr(module, name)
                for name in dir(module)
                if name[0] != "_" and name not in _FUTURE
            }
            names = {
                name: paths.get(id(value), [])
                for name, value in values.items()
                if not isinstance(value, types.ModuleType)
            }
            homes = {path.rpartition(".")[0] for each in names.values() for path in each}
            of_kernels = ".gen_" in info.name or info.name.startswith("tensorflow.contrib")
            for name in [name for name, known in names.items() if not known and not of_kernels]:
                paths_there = [
                    home + "." + name if home else name
                    for home in sorted(homes)
                    if name in public[home] and home != "raw_ops"
                ]
                names[name] = [path for path in paths_there if _serves(values[name], _at(v1, path))]
            found[info.name] = names
    return found


def _at(module: Any, path: str) -> Any:
    for part in path.split("."):
        module = getattr(module, part)
    return module


def _serves(internal: Any, public: Any) -> bool:
    """Says whether public does for internal: it is equal, or a function that takes as much."""
    if isinstance(internal, (int, float, str, tuple)):
        return type(internal) is type(public) and internal == public
    if not isinstance(internal, types.FunctionType) or not callable(public):
        return False
    try:
        ours, theirs = (list(inspect.signature(each).parameters) for each in (internal, public))
    except (TypeError, ValueError):
        return False
    return theirs[: len(ours)] == ours


def _load(name: str) -> tuple[str, Any]:
    """Returns name and the module; None if it can't be imported, or ends the process if it is."""
    if name not in sys.modules:
        child = os.fork()
        if child == 0:
            try:
                importlib.import_module(name)
                os._exit(0)
            except BaseException:
                os._exit(1)
        if os.waitpid(child, 0)[1] != 0:
            return name, None
    return name, importlib.import_module(name)


def _has(module: Any, name: str) -> bool:
    try:
        return hasattr(module, name)
    except Exception:  # a lazy attribute of a package that is not installed
        return False


def join(old: _Names, oldest: _Names, newest: _Names) -> _Names:
    """Returns what the upgrade tool needs to know, each list of names in one string."""
    public = {
        module: [name for name in names if name in newest["v1"].get(module, ())]
        for module, names in oldest["v1"].items()
        if module in newest["v1"]
    }
    same: _Names = {}
    missing: _Names = {}
    kept: _Names = {}
    for module, names in old["internal"].items():
        for name, paths in names.items():
            path = _best(name, [path for path in paths if _is_in(path, public)], module)
            if path is not None:
                parent, _, last = path.rpartition(".")
                word = name if name == last else name + "=" + last
                same.setdefault(module, {}).setdefault(parent, []).append(word)
        now = [each["internal"].get(module) for each in (oldest, newest)]
        if module.startswith("tensorflow.python"):
            there = None not in now
            gone = (
                [name for name in names if not all(name in each for each in now)] if there else "*"
            )
            missing[module] = gone
            kept[module] = [name for name in names if there and name not in gone]
    joined = {
        "versions": [each["version"] for each in (old, oldest, newest)],
        "public": public,
        "v1_only": {
            module: [
                name
                for name in names
                if name in old["v1"].get(module, ())
                and name not in newest["tensorflow"].get(module, ())
                and name not in oldest["tensorflow"].get(module, ())
            ]
            for module, names in public.items()
            if module.split(".")[0] not in _CHANGED and module in newest["tensorflow"]
        },
        "lost": {
            module: [name for name in names if name not in public.get(module, ())]
            for module, names in old["v1"].items()
            if not module.startswith("pywrap")
        },
        "same": same,
        "v2_only": {
            module: [
                name
                for name in newest["tensorflow"].get(module, ())
                if name not in names and name not in newest["v1"].get(module, ())
            ]
            for module, names in old["v1"].items()
        },
    }
    names = {key: _texts(value) for key, value in joined.items()}
    names["missing"] = {module: " ".join(gone) for module, gone in missing.items()}
    return {**names, "kept": _texts(kept)}


def _is_in(path: str, public: _Names) -> bool:
    module, _, name = path.rpartition(".")
    return name in public.get(module, ())


def _best(name: str, paths: list[str], module: str) -> str | None:
    """Returns the most telling of several public names of one object."""
    keras = ".keras" in module

    def rank(path: str) -> Any:
        last = path.rpartition(".")[2]
        odd = path.startswith(("app.", "flags.", "raw_ops."))
        return odd, path.startswith("keras.") != keras, last != name, path.count("."), path

    return min(paths, key=rank) if paths else None


def _texts(value: Any) -> Any:
    """Returns value with each list of names in one string, and without those that are empty."""
    if isinstance(value, dict):
        return {key: text for key, each in value.items() for text in [_texts(each)] if text}
    return value if isinstance(value, str) else " ".join(value)


def main(command: str, *files: str) -> None:
    """Runs the command line."""
    if command == "list":
        names = list_names(_read(files[1]) if len(files) > 1 else {})
        with open(files[0], "w") as file:
            json.dump(names, file)
    else:
        old, oldest, newest = map(_read, files)
        _write(_TABLE, join(old, oldest, newest))
        modules = {name: list(names) for name, names in old["internal"].items()}
        _write(_EVERY_NAME, _texts({**old, "internal": modules}))


def _write(path: pathlib.Path, value: _Names) -> None:
    path.write_text(json.dumps(value, indent=0, sort_keys=True) + "\n")


def _read(path: str) -> _Names:
    with open(path) as file:
        names: _Names = json.load(file)
    return names


if __name__ == "__main__":
    main(*sys.argv[1:])
