"""A user's annotated program: what must type-check and, marked, what must not.

`test_typing.py` runs `mypy --strict` over this file, as over a project that has tfe_compat
installed. Nothing runs it. Where an annotation is an Any, a value is assigned to two types that
exclude each other; where it is more, also to one that must be refused.
"""

from collections.abc import Iterator
from typing import Any, Callable

import numpy as np

import tfe_compat as tfe
from tfe_compat import Savr, metrics  # expect: attr-defined
from tfe_compat.metrics import Mean


def f(x: Any, y: Any) -> Any:
    return x * x * y


class Position:
    """Refused when called, too."""

    def __index__(self) -> int:
        return 0


def names() -> Iterator[str]:
    yield "x"


def value_and_gradients() -> None:
    g = tfe.value_and_gradients_function(f)
    value, (dx, dy) = g(2.0, 3.0)
    print(value.numpy(), dx.numpy(), dy.numpy())
    number: float = value
    text: str = value
    number = dx
    text = dx
    value, gradients = g(2.0, 3.0, dy=10.0)
    gradients.append(None)
    print(number, text)

    not_three: tuple[Any, Any, Any] = g(2.0, 3.0)  # expect: assignment
    not_the_gradients: list[Any] = g(2.0, 3.0)  # expect: assignment
    not_a_tuple: tuple[Any, ...] = gradients  # expect: assignment
    print(not_three, not_the_gradients, not_a_tuple)
    g(x=2.0, y=3.0)  # expect: call-arg
    g(2.0, 3.0, output_gradients=1.0)  # expect: call-arg
    g.params  # noqa: B018  # expect: attr-defined


def gradients() -> None:
    g = tfe.gradients_function(f, ["x", "y"])
    dx, dy = g(2.0, 3.0)
    print(dx.numpy(), dy.numpy())
    number: float = dx
    text: str = dx
    g(2.0, 3.0, dy=None).sort()
    print(g(2.0, 3.0, dy=[1.0])[0].numpy(), number, text)

    second = tfe.gradients_function(lambda x: tfe.gradients_function(lambda x: x * x)(x)[0])
    print(second(3.0)[0].numpy())

    not_a_pair: tuple[Any, Any] = g(2.0, 3.0)  # expect: assignment
    print(not_a_pair)
    g(2.0, y=3.0)  # expect: call-arg
    g(2.0, 3.0).numpy()  # expect: attr-defined


def vector_jacobian_product() -> None:
    value, vjp = tfe.make_vjp(f, [0], persistent=False)(2.0, 3.0)
    (dx,) = vjp()
    print(value.numpy(), dx.numpy(), vjp(10.0)[0].numpy(), vjp(dy=10.0)[0].numpy())
    number: float = value
    text: str = value
    number = dx
    text = dx
    tfe.make_vjp(f, None, False)
    print(number, text)

    not_three: tuple[Any, Any, Any] = tfe.make_vjp(f)(2.0, 3.0)  # expect: assignment
    not_a_pair: tuple[Any, Any] = vjp()  # expect: assignment
    print(not_three, not_a_pair)
    tfe.make_vjp(f)(2.0, 3.0, dy=1.0)  # expect: call-arg
    tfe.make_vjp(f)(2.0, 3.0)[1](1.0, 1.0)  # expect: call-arg
    tfe.make_vjp(f)(2.0, 3.0)[1](cotangent=1.0)  # expect: call-arg
    tfe.make_vjp(f, persistent="no")  # expect: arg-type


def gradients_by_variables(w: tfe.Variable) -> None:
    def loss(x: Any, *, scale: float = 1.0) -> Any:
        return w * x * scale

    g = tfe.implicit_value_and_gradients(loss)
    value, pairs = g(3.0, scale=2.0)
    [(gradient, variable)] = tfe.implicit_gradients(loss)(3.0, scale=2.0)
    print(value.numpy(), gradient.numpy(), variable.assign_sub(gradient))
    number: float = gradient
    text: str = gradient
    number = variable
    text = variable
    number = value
    text = value
    pairs.sort()
    print(number, text)

    not_the_gradients: list[list[Any]] = pairs  # expect: assignment
    not_pairs: list[list[Any]] = tfe.implicit_gradients(loss)(3.0)  # expect: assignment
    not_three: tuple[Any, Any, Any] = g(3.0)  # expect: assignment
    print(not_the_gradients, not_pairs, not_three)
    tfe.implicit_gradients(loss, ["x"])  # expect: call-arg
    tfe.implicit_value_and_gradients(loss, params=["x"])  # expect: call-arg


def params() -> None:
    tfe.gradients_function(f, None)
    tfe.gradients_function(f, [])
    tfe.gradients_function(f, ["x", "y"])
    tfe.gradients_function(f, [0, -1])
    tfe.gradients_function(f, ("x", "y"))
    tfe.gradients_function(f, (0,))
    tfe.gradients_function(f, "xy")
    tfe.gradients_function(f, range(2))
    tfe.gradients_function(f, {"x": 0.1})
    tfe.gradients_function(f, [np.int64(0)])
    tfe.gradients_function(f, (0, np.uint8(1)))
    tfe.gradients_function(f, np.arange(2))
    tfe.gradients_function(f, names())
    tfe.gradients_function(f, (position for position in range(2)))
    tfe.value_and_gradients_function(f, params=["x"])
    tfe.make_vjp(f, params=[np.int64(0)])

    tfe.gradients_function(f, 3.0)  # expect: arg-type
    tfe.gradients_function(f, 0)  # expect: arg-type
    tfe.gradients_function(f, ["x", 1])  # expect: arg-type
    tfe.gradients_function(f, [0.0, 1.0])  # expect: arg-type
    tfe.gradients_function(f, [Position()])  # expect: arg-type
    tfe.value_and_gradients_function(f, params=[0.0])  # expect: arg-type
    tfe.make_vjp(f, [0.0, 1.0])  # expect: arg-type


def functions() -> None:
    any_callable: Callable[..., Any] = print
    tfe.gradients_function(any_callable)
    tfe.gradients_function(f=lambda x: x)

    tfe.gradients_function(2.0)  # expect: arg-type
    tfe.value_and_gradients_function(2.0)  # expect: arg-type
    tfe.make_vjp(2.0)  # expect: arg-type
    tfe.implicit_gradients(2.0)  # expect: arg-type
    tfe.implicit_value_and_gradients(2.0)  # expect: arg-type
    tfe.gradients_function()  # expect: call-arg
    tfe.gradients_function(f, [0], True)  # expect: call-arg
    tfe.gradients_function(f, argnums=[0])  # expect: call-arg


def other_names(w: tfe.Variable) -> None:
    with tfe.GradientTape() as tape:
        tape.watch(w)
    modes: list[int] = [tfe.SYNC, tfe.ASYNC]
    gpus: int = tfe.num_gpus()
    devices: list[str] = tfe.list_devices()
    in_graph: bool = tfe.in_graph_mode()
    with tfe.execution_mode(tfe.ASYNC):
        tfe.async_wait()
    with tfe.errstate(inf_or_nan="raise"):
        old: dict[str, tfe.ExecutionCallback] = tfe.seterr()
    print(modes, gpus, devices, in_graph, old, tfe.DEVICE_PLACEMENT_SILENT)

    not_a_text: str = tfe.SYNC  # expect: assignment
    not_a_list: list[Any] = tfe.num_gpus()  # expect: assignment
    not_numbers: list[int] = tfe.list_devices()  # expect: assignment
    print(not_a_text, not_a_list, not_numbers)
    tfe.set_execution_mode("async")  # expect: arg-type
    tfe.seterr(inf_or_nan=1)  # expect: arg-type


class Config(tfe.Checkpointable):
    def __init__(self) -> None:
        self.name = "config"


class Scaled(tfe.Iterator):
    def next(self) -> Any:
        return 2.0 * super().next()


class Largest(metrics.Metric):
    def build(self, value: Any) -> None:
        self.largest = self.add_variable("largest", shape=(), dtype=np.float32)

    def call(self, value: Any) -> None:
        self.largest.assign(value)


def metric_results() -> None:
    accuracy = tfe.metrics.Accuracy("accuracy", dtype=np.float32)
    accuracy([1, 2], [1, 3], weights=[1.0, 2.0])
    a_number: int = accuracy.name  # expect: assignment
    a_number = Largest(name="largest").name  # expect: assignment
    print(a_number, accuracy.result(write_summary=False), Mean().variables, accuracy.numer)
    tfe.metrics.BinaryAccuracy()  # expect: call-arg
    tfe.metrics.Median()  # expect: attr-defined


@tfe.run_all_tests_in_graph_and_eager_modes
class Tests:
    @tfe.run_test_in_graph_and_eager_modes
    def test_once(self) -> None: ...

    @tfe.run_test_in_graph_and_eager_modes(use_gpu=False)
    def test_without_gpu(self) -> None: ...


def decorated(tests: Tests) -> None:
    tests.test_once()

    a_number: type[int] = tfe.run_all_tests_in_graph_and_eager_modes(Tests)  # expect: assignment
    print(a_number)


def summaries() -> None:
    with tfe.summary.always_record_summaries():
        tfe.summary.scalar("loss", 1.0)


def hyperparameters() -> None:
    hparams = tfe.training.HParams(rate=0.1).parse("rate=1")
    hparams.rate = 2 * hparams.rate
    hparams.parse(1)  # expect: arg-type


def unknown_names() -> None:
    tfe.grad(f)  # expect: attr-defined
    Savr([])
