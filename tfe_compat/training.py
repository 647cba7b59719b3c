"""`tf.contrib.training.HParams`, which needs no TensorFlow.

    from tfe_compat.training import HParams

    hparams = HParams(learning_rate=0.1, layers=[64, 64]).parse("learning_rate=0.01,layers=[128]")
    print(hparams.learning_rate)

It does what TF 1.15.5 did, with these exceptions:

- TensorFlow 2 has no protocol buffer `HParamDef`: `to_proto` and `hparam_def` raise
  NotImplementedError, and `from_proto` is gone. Use `to_json` and `parse_json`.
- str and bytes are converted to each other, as UTF-8. TF 1.15.5 converted b"x" to "b'x'", and
  raised TypeError in the other direction.
- `parse` raises ValueError for an element of a list (`layers[0]=128`), as TF 1.15.5 did, but sets
  nothing then, where TF 1.15.5 had already set the parameters before it.
- `del_hparam` ignores methods, which raised AttributeError, and deletes an attribute that is not a
  hyperparameter without raising KeyError afterwards.
"""

from __future__ import annotations

import json
import numbers
import re
import reprlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["HParams"]

# What stands before "=" and after it: a list, or anything up to the next comma.
_NAME = re.compile(r"([a-zA-Z][\w.]*)(\[\s*\d+\s*\])?\s*=\s*")
_LIST = re.compile(r"\[([^\]]*)\]")
_SCALAR = re.compile(r"[^,\[]*")
_COMMA = re.compile(r",\s*|\Z")
_BOOLEANS = {"true": True, "True": True, "false": False, "False": False}
# A type of one of these kinds takes only values of the same kind.
_KINDS = ((str, bytes), numbers.Integral, numbers.Number)


class HParams:
    """Hyperparameters: attributes that have types and can be set from text.

    >>> hparams = HParams(rate=0.1, layers=[64, 64], name="small")
    >>> hparams.rate = 0.2
    >>> hparams.parse("rate=1,layers=[32,16]")
    HParams([('layers', [32, 16]), ('name', 'small'), ('rate', 1.0)])
    >>> "rate" in hparams
    True

    The type of a hyperparameter, or of the elements of a list, is that of its first value.
    `set_hparam`, `override_from_dict`, `parse` and `parse_json` keep to it: they take an integer
    for a float, and anything but a list for None. Assigning to an attribute checks nothing.

    Args:
        hparam_def: Must be None.
        model_structure: Any object, for `get_model_structure`.
        **kwargs: The hyperparameters. Lists and tuples must not be empty.

    Raises:
        ValueError: A list is empty, or HParams has an attribute with that name.
        NotImplementedError: `hparam_def` is given.
    """

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: Any) -> None: ...

    def __init__(self, hparam_def: Any = None, model_structure: Any = None, **kwargs: Any) -> None:
        if hparam_def:
            _refuse_protocol_buffers()
        # TF 1's name, which programs use: a type, and whether it is that of a list's elements.
        self._hparam_types: dict[str, tuple[type, bool]] = {}
        self._model_structure = model_structure
        for name, value in kwargs.items():
            self.add_hparam(name, value)

    def add_hparam(self, name: str, value: Any) -> None:
        """Adds a hyperparameter, or gives one that is None a value and a type.

        Raises:
            ValueError: The value is an empty list, or there is an attribute with that name.
        """
        if getattr(self, name, None) is not None:
            raise ValueError(
                f"HParams has an attribute {name!r}; choose another name, or use set_hparam"
            )
        is_list = isinstance(value, (list, tuple))
        if is_list and not value:
            raise ValueError(
                f"An empty list has no type of elements; add {name!r} with one element or more"
            )
        self._hparam_types[name] = type(value[0] if is_list else value), is_list
        setattr(self, name, value)

    def set_hparam(self, name: str, value: Any) -> None:
        """Sets a hyperparameter to a value of its type.

        Raises:
            KeyError: There is no such hyperparameter.
            ValueError: The value has another type, or only one of the old and the new value is a
                list.
        """
        setattr(self, name, self._converted(name, value))

    def del_hparam(self, name: str) -> None:
        """Deletes a hyperparameter, if there is one with that name."""
        vars(self).pop(name, None)
        self._hparam_types.pop(name, None)

    def parse(self, values: str) -> HParams:
        """Sets the hyperparameters that a text like "rate=0.1,layers=[64,32]" names.

        A boolean is `true`, `True`, `false`, `False` or an integer. A string is written without
        quotes and ends before the next comma.

        Returns:
            The object itself.

        Raises:
            ValueError: The text is not of that form, names a hyperparameter twice or one that does
                not exist, or has a value of another type.
            TypeError: A hyperparameter is None, so that its type is not known.
        """
        parsed: dict[str, Any] = {}
        position = 0
        while position < len(values):
            left = _NAME.match(values, position)
            start = left.end() if left else position
            right = _LIST.match(values, start) or _SCALAR.match(values, start)
            comma = _COMMA.match(values, right.end()) if left and right else None
            if left is None or right is None or comma is None:
                raise ValueError(
                    "Write name=value or name=[value,value], with commas between them; "
                    f"got {reprlib.repr(values[position:])}"
                )
            name, element = left.groups()
            if name not in self._hparam_types:
                raise ValueError(f"Add a hyperparameter before parsing a value for it; got {name}")
            if element:
                raise ValueError(f"Write the whole list, {name}=[...]; got {name}{element}=...")
            if name in parsed:
                raise ValueError(f"Write each hyperparameter once; got {name} again")
            if right.re is _LIST:
                parsed[name] = [self._parsed(name, e) for e in re.split("[ ,]", right[1]) if e]
            else:
                parsed[name] = self._parsed(name, right[0])
            position = comma.end()
        return self.override_from_dict(parsed)

    def override_from_dict(self, values_dict: Mapping[str, Any]) -> HParams:
        """Sets one hyperparameter after another, as `set_hparam` does, and returns the object."""
        for name, value in values_dict.items():
            self.set_hparam(name, value)
        return self

    def set_from_map(self, values_map: Mapping[str, Any]) -> HParams:
        """The old name of `override_from_dict`."""
        return self.override_from_dict(values_map)

    def parse_json(self, values_json: str | bytes) -> HParams:
        """Sets the hyperparameters that a JSON object has, and returns the HParams."""
        return self.override_from_dict(json.loads(values_json))

    def to_json(self, indent: Any = None, separators: Any = None, sort_keys: bool = False) -> str:
        """Returns `values()` as JSON; the arguments are those of `json.dumps`."""
        return json.dumps(self.values(), indent=indent, separators=separators, sort_keys=sort_keys)

    def to_proto(self, export_scope: Any = None) -> NoReturn:
        """Raises NotImplementedError; use `to_json`."""
        _refuse_protocol_buffers()

    def values(self) -> dict[str, Any]:
        """Returns the values of the hyperparameters by their names."""
        return {name: getattr(self, name) for name in self._hparam_types}

    def get(self, key: str, default: Any = None) -> Any:
        """Returns the value of a hyperparameter, or the default if there is no such one.

        Raises:
            ValueError: The default has another type than the hyperparameter.
        """
        if key not in self:
            return default
        if default is not None:
            self._converted(key, default)
        return getattr(self, key)

    def set_model_structure(self, model_structure: Any) -> None:
        """Keeps an object for `get_model_structure`."""
        self._model_structure = model_structure

    def get_model_structure(self) -> Any:
        """Returns the object that `set_model_structure` or the constructor was given, or None."""
        return self._model_structure

    def __contains__(self, key: str) -> bool:
        return key in self._hparam_types

    def __str__(self) -> str:
        return ",".join(f"{name}={value}" for name, value in self.values().items())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({sorted(self.values().items())})"

    def _converted(self, name: str, value: Any) -> Any:
        """The value as the hyperparameter takes it."""
        type_, is_list = self._hparam_types[name]
        if isinstance(value, list) != is_list:
            wanted = "a list" if is_list else "one value, no list"
            raise ValueError(f"Hyperparameter {name!r} takes {wanted}; got {reprlib.repr(value)}")
        return [_cast(name, type_, e) for e in value] if is_list else _cast(name, type_, value)

    def _parsed(self, name: str, text: str) -> Any:
        """One value from its text."""
        type_, _ = self._hparam_types[name]
        if type_ is type(None):
            raise TypeError(
                f"Hyperparameter {name!r} is None, which has no type; use set_hparam; "
                f"got {reprlib.repr(text)}"
            )
        try:
            if type_ is bool:
                return _BOOLEANS[text] if text in _BOOLEANS else bool(int(text))
            return text.encode() if type_ is bytes else type_(text)
        except ValueError:
            raise ValueError(
                f"Hyperparameter {name!r} takes {type_.__name__}; got {reprlib.repr(text)}"
            ) from None


def _cast(name: str, type_: type, value: Any) -> Any:
    """The value, converted to the type; raises ValueError if it is of another kind."""
    if type(value) is type_ or type_ is type(None):
        return value
    other = any(issubclass(type_, kind) and not isinstance(value, kind) for kind in _KINDS)
    if other or issubclass(type_, bool) != isinstance(value, bool):
        raise ValueError(
            f"Hyperparameter {name!r} takes {type_.__name__}, not {type(value).__name__}; "
            f"got {reprlib.repr(value)}"
        )
    if isinstance(value, bytes) and issubclass(type_, str):
        value = value.decode()
    elif isinstance(value, str) and issubclass(type_, bytes):
        value = value.encode()
    return type_(value)


def _refuse_protocol_buffers() -> NoReturn:
    raise NotImplementedError(
        "TensorFlow 2 has no HParamDef protocol buffer: pass hyperparameters as keywords, and "
        "write and read them with to_json and parse_json"
    )
