"""Calls of tf.contrib.training.HParams.

`training_recorded.json` holds what they gave under TF 1.15.5 (Python 3.7), recorded by

    python tests/training_calls.py > tests/training_recorded.json

and `test_training.py` compares what they give with tfe_compat. Each call is an expression of `h`, a
new HParams; recorded are its result, or the type of its error, and the values of `h` after it.
"""

import copy
import json
import pickle
import sys
from decimal import Decimal

import numpy as np

CALLS = """
HParams()
HParams(None)
HParams({})
HParams(None, 'structure', a=1).get_model_structure()
HParams(model_structure='structure', a=1)
HParams(a=1, b=[2, 3])
HParams(a=[])
HParams(a=())
HParams(get=1)
HParams(values=None)
HParams(to_proto=1)
HParams(name='x', key=1, items=2)
type('Mine', (HParams,), {})(a=1)
str(HParams(z=1, a='x,y', m=[1, 'b'], n=None))
repr(HParams(z=1, a='x,y', m=[1, 'b'], n=None))
str(HParams())
repr(HParams())

h.a, h.f, h.c, h.t, h.n
h.unknown
setattr(h, 'a', 'any')
setattr(h, 'new', 1), 'new' in h, h.new
setattr(h, 'a', 'any'), h.set_hparam('a', 2)
setattr(h, 'a', 'any'), h.set_hparam('a', 'more')
h == h, h == copy.copy(h), HParams() == HParams()
'a' in h, 'n' in h, 'unknown' in h, 'get' in h
h['a']
len(h)
list(h)
dict(h)

h.add_hparam('new', 1)
h.add_hparam('a', 1)
h.add_hparam('n', 3)
h.add_hparam('n', 3), h.set_hparam('n', 'x')
h.add_hparam('new', [])
h.add_hparam('new', (1, 2.5)), h.set_hparam('new', [3, 4])
h.add_hparam('new', [1, 2.5]), h.set_hparam('new', [3, 4.5])
h.add_hparam('parse', 1)
h.add_hparam(name='new', value=None), h.new
h.add_hparam('x.y', 1), getattr(h, 'x.y'), h.parse('x.y=2') is h
h.add_hparam('a\u00e9', 1), h.parse('a\u00e9=2') is h, getattr(h, 'a\u00e9')
h.add_hparam('two words', 1), 'two words' in h
h.add_hparam(1, 1)
setattr(h, 'new', 1), h.add_hparam('new', 2)
setattr(h, 'new', None), h.add_hparam('new', 2)
h.add_hparam('new', np.float32(1.5)), h.set_hparam('new', 2), type(h.new).__name__, float(h.new)
h.add_hparam('new', len), h.set_hparam('new', abs)
h.add_hparam('new', np.int64(1)), h.set_hparam('new', 2.5)

h.set_hparam('unknown', 1)
h.set_hparam('get', 1)
h.set_hparam(name='a', value=2)
h.set_hparam('a', 2.0)
h.set_hparam('a', 2.5)
h.set_hparam('a', True)
h.set_hparam('a', '2')
h.set_hparam('a', None)
h.set_hparam('a', [2])
h.set_hparam('a', (2,))
h.set_hparam('a', {0: 2})
h.set_hparam('a', np.int32(2)), type(h.a).__name__
h.set_hparam('a', np.float32(2))
h.set_hparam('f', 2)
h.set_hparam('f', True)
h.set_hparam('f', '2.0')
h.set_hparam('f', None)
h.set_hparam('f', np.float64(2)), type(h.f).__name__
h.set_hparam('f', np.array(2.0))
h.set_hparam('f', Decimal('1.25'))
h.set_hparam('f', 1j)
h.set_hparam('f', 10 ** 400)
h.set_hparam('b', False)
h.set_hparam('b', 0)
h.set_hparam('b', 'False')
h.set_hparam('b', None)
h.set_hparam('b', np.bool_(False))
h.set_hparam('s', 'y')
h.set_hparam('s', 1)
h.set_hparam('s', True)
h.set_hparam('s', None)
h.set_hparam('s', np.str_('y')), type(h.s).__name__
h.set_hparam('s', b'y')
h.set_hparam('s', ['y'])
h.set_hparam('y', b'z')
h.set_hparam('y', 'z')
h.set_hparam('y', 1)
h.set_hparam('n', 1), h.set_hparam('n', 'x')
h.set_hparam('n', [1])
h.set_hparam('n', (1, 2))
h.set_hparam('c', [3])
h.set_hparam('c', [])
h.set_hparam('c', [3, 4.5])
h.set_hparam('c', [3, True])
h.set_hparam('c', [3, None])
h.set_hparam('c', (3, 4))
h.set_hparam('c', 3)
h.set_hparam('c', np.array([3]))
h.set_hparam('c', [[3]])
h.set_hparam('t', [3, 4])
h.set_hparam('t', (3, 4))
h.set_hparam('fs', [1, 2])
h.set_hparam('ss', ['z', 1])
h.set_hparam('bs', [True, 0])
h.set_hparam('d', {'k': 2})
h.set_hparam('d', [('k', 2)])
h.set_hparam('d', (('k', 2),))
h.set_hparam('d', True)
h.set_hparam('d', None)

h.del_hparam('a')
h.del_hparam('unknown')
h.del_hparam('n'), hasattr(h, 'n')
h.del_hparam(name='a'), h.add_hparam('a', 'x')
h.del_hparam('a'), h.set_hparam('a', 1)
h.del_hparam('values')
setattr(h, 'new', 1), h.del_hparam('new')
delattr(h, 'a')
delattr(h, 'a'), h.del_hparam('a')
delattr(h, 'a'), 'a' in h

h.parse('')
h.parse('a=3')
h.parse(values='a=3')
h.parse('a=3,c=[4,5],s=hello')
h.parse('a = 3 , f=1')
h.parse('a=3, f=1')
h.parse(' a=3')
h.parse('a=3,')
h.parse('a=3,,f=1')
h.parse(',a=3')
h.parse('a=3 f=1')
h.parse('a=3;f=1')
h.parse('a=3\\n')
h.parse('a=3\\n,f=2')
h.parse('a=3,\\nf=2')
h.parse('c=[3]\\n')
h.parse('c=[3] ,a=3')
h.parse('c=[3] ')
h.parse('a')
h.parse('a=')
h.parse('=3')
h.parse('3=a')
h.parse('_a=3')
h.parse('a=3,a=4')
h.parse('a=-3,f=-.5e-3')
h.parse('a=1_000')
h.parse('a=3.0')
h.parse('a=0x10')
h.parse('a=x')
h.parse('a=True')
h.parse('a=None')
h.parse('f=3')
h.parse('f=nan'), str(h.f), h.set_hparam('f', 1)
h.parse('f=-inf')
h.parse('f=true')
h.parse('b=false')
h.parse('b=False')
h.parse('b=FALSE')
h.parse('b=0')
h.parse('b=7')
h.parse('b=0.0')
h.parse('b=')
h.parse('b=no')
h.parse('b=False ,a=3')
h.parse('s=')
h.parse('s=,a=3')
h.parse('s=a b ,a=3')
h.parse('s=a=b')
h.parse('s="q"')
h.parse('s=a[b')
h.parse('s=a]b')
h.parse('s=[a]')
h.parse('s=http://x/y?z=1')
h.parse('s=\\u00e9')
h.parse('y=z')
h.parse('n=3')
h.parse('n=[3]')
h.parse('n=')
h.parse('d=3')
h.parse('d=')
h.parse('t=[3]')
h.parse('c=3')
h.parse('c=[]')
h.parse('c=[3]')
h.parse('c = [ 3 , 4 ]')
h.parse('c=[3 4,,5]')
h.parse('c=[3\\n4]')
h.parse('c=[3.5]')
h.parse('c=[3')
h.parse('c=[[3]]')
h.parse('c=[3],c=[4]')
h.parse('c[0]=3')
h.parse('c[ 1 ] = 3')
h.parse('c[9]=3')
h.parse('c[-1]=3')
h.parse('c[x]=3')
h.parse('c[]=3')
h.parse('c[0]=[3]')
h.parse('c[0]=3,c[0]=4')
h.parse('c[0]=3,c[1]=4')
h.parse('c=[3,4],c[0]=5')
h.parse('c[0]=5,c=[3,4]')
h.parse('a[0]=3')
h.parse('a=3,c[1]=4')
h.parse('s[0]=3')
h.parse('fs=[1,2.5]')
h.parse('bs=[true,0,False]')
h.parse('bs=[yes]')
h.parse('ss=[a,b c]')
h.parse('ss=["a","b"]')
h.parse('unknown=3')
h.parse('unknown=[3')
h.parse('a=3,unknown=3')
h.parse('a=3,f=x')
h.parse('a=3,c=4')
h.parse('a=3,s=[4]')
h.parse('get=3')
h.parse(None)
h.parse(b'a=3')
h.parse(['a=3'])
h.parse(str(HParams(a=3, f=2.5, b=False, s='y', c=[3, 4])))

h.override_from_dict({})
h.override_from_dict({'a': 3, 'c': [4]})
h.override_from_dict(values_dict={'a': 3})
h.override_from_dict({'a': 3, 'unknown': 4})
h.override_from_dict({'a': 3, 'f': 'x'})
h.override_from_dict([('a', 3)])
h.override_from_dict(HParams(a=3))
h.override_from_dict(HParams(a=3).values())
h.set_from_map({'a': 3})
h.set_from_map(values_map={'a': 3})
h.parse_json('{}')
h.parse_json('{"a": 3, "c": [4], "s": "y", "b": false}')
h.parse_json(values_json='{"f": 3}')
h.parse_json('{"a": 3.0}')
h.parse_json('{"a": null}')
h.parse_json('{"n": [1]}')
h.parse_json('{"n": {"x": 1}}')
h.parse_json('{"d": {"x": 1}}')
h.parse_json('{"unknown": 1}')
h.parse_json('{"a": 3, "a": 4}')
h.parse_json(b'{"a": 3}')
h.parse_json('[1]')
h.parse_json('a=3')
h.parse_json('')
h.parse_json(None)

HParams(b=1, a=[2.5, None], t=(1, 2)).to_json()
HParams(b=1, a=[2, 3]).to_json(indent=1)
HParams(b=1, a=[2, 3]).to_json(None, (',', ':'), True)
HParams(b=1, a=[2, 3]).to_json(indent=0, separators=(';', '='), sort_keys=True)
HParams(a=float('nan'), s='\\u00e9').to_json()
HParams(a=b'x').to_json()
HParams(a=len).to_json()
HParams().to_json()
h.values() is h.values()
h.values().clear()
h.values()['c'].append(3)

h.get('a')
h.get(key='a', default=2)
h.get('a', 2.5)
h.get('a', 'x')
h.get('a', True)
h.get('a', [1])
h.get('f', 2)
h.get('b', 1)
h.get('s', 'y')
h.get('s', b'y')
h.get('y', 'y')
h.get('n')
h.get('n', 5)
h.get('n', [5])
h.get('c', [3])
h.get('c', [])
h.get('c', (3,))
h.get('c', 3)
h.get('c', [2.5])
h.get('d', {})
h.get('unknown')
h.get('unknown', 'x')
h.get('get')
h.get([])

h.get_model_structure()
h.set_model_structure([1]), h.get_model_structure()
h.set_model_structure(model_structure='x'), h.values() == copy.copy(h).values()
copy.deepcopy(h).set_hparam('a', 3)
copy.deepcopy(h).values()['c'].append(3)
copy.copy(h).values()['c'].append(3)
copy.copy(h).set_hparam('a', 3)
pickle.loads(pickle.dumps(h)).set_hparam('a', 'x')
pickle.loads(pickle.dumps(h)).values() == h.values()
sorted(vars(HParams(a=1)))
"""
CALLS = [call for call in CALLS.splitlines() if call]
VALUES = {
    "a": 1, "f": 0.5, "b": True, "s": "x", "y": b"x", "n": None, "d": {"k": 1},
    "c": [1, 2], "t": (1, 2), "fs": [0.5], "bs": [True, False], "ss": ["x", "y"],
}  # fmt: skip


def outcome(HParams, call):
    h = HParams(**copy.deepcopy(VALUES))
    names = {"HParams": HParams, "h": h, "Decimal": Decimal}
    try:
        result = eval(call, dict(names, copy=copy, np=np, pickle=pickle))
        result = "h" if result is h else written(result)
    except Exception as error:
        # Of JSONDecodeError, ValueError.
        result = next(
            each.__name__ for each in type(error).__mro__ if each.__module__ == "builtins"
        )
    before = {name: written(value) for name, value in VALUES.items()}
    after = {name: written(value) for name, value in vars(h).items() if name[0] != "_"}
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [result, {name: after.get(name, "deleted") for name in changed}]


def written(value):
    if isinstance(value, np.generic):  # whose repr depends on the release of NumPy
        return f"{type(value).__name__} {value}"
    return repr(value)


if __name__ == "__main__":
    import tensorflow as tf

    recorded = {call: outcome(tf.contrib.training.HParams, call) for call in CALLS}
    json.dump(recorded, sys.stdout, indent=1)
    print()
