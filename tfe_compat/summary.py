"""`tf.contrib.summary`: logs for TensorBoard, written by `tf.summary` as TF 1.15.5 wrote them.

    from tfe_compat import summary

    writer = summary.create_file_writer(folder)
    with writer.as_default(), summary.record_summaries_every_n_global_steps(100):
        summary.scalar("loss", loss)

The step is the global step unless one is given. Nothing is recorded unless
`always_record_summaries` or a similar context is in effect. The values have the fields of TF 1
(`simple_value`, `histo`, `image`, `audio`), which needs no installation of TensorBoard. In a graph,
run `initialize` or `summary_writer_initializer_op()`, and then `all_summary_ops()`.

The behavior is that of `tensorflow.python.ops.summary_ops_v2` of TF 1.15.5, the module behind
`tf.contrib.summary`; `tests/recorded` has events that it wrote. Dtypes and shapes are those that
its operations `WriteScalarSummary` and so on accept.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import threading
from collections.abc import Iterator
from typing import Any, Callable

import tensorflow as tf

from tfe_compat.autograph import unconverted

__all__ = [
    "SummaryWriter",
    "all_summary_ops",
    "always_record_summaries",
    "audio",
    "create_file_writer",
    "create_summary_file_writer",
    "eval_dir",
    "flush",
    "generic",
    "graph",
    "histogram",
    "image",
    "initialize",
    "never_record_summaries",
    "record_summaries_every_n_global_steps",
    "scalar",
    "should_record_summaries",
    "summary_writer_initializer_op",
]

_INITIALIZERS = "tfe_compat_summary_writers"  # a collection of each graph


class _Conditions(threading.local):
    entered = 0  # how many contexts that say whether to record are in effect


_conditions = _Conditions()
_never_left = contextlib.ExitStack()  # the contexts that set_as_default enters


class SummaryWriter:
    """A writer of event files, as `create_file_writer` returns it; without a logdir, of none.

    >>> import tempfile
    >>> writer = create_file_writer(tempfile.mkdtemp())
    >>> with writer.as_default(), always_record_summaries():
    ...     _ = scalar("loss", 0.5, step=1)
    """

    def __init__(self, writer: Any = None) -> None:
        self._writer = writer

    @contextlib.contextmanager
    def as_default(self) -> Iterator[SummaryWriter]:
        """Makes this the default writer of a `with` block, at whose end it is flushed."""
        if self._writer is None:
            yield self
            return
        with self._writer.as_default(), _nothing_by_default():
            yield self

    def set_as_default(self) -> None:
        """Makes this the default writer of the current thread from now on."""
        if self._writer is not None:
            self._writer.set_as_default()
            _never_left.enter_context(_nothing_by_default())

    def init(self) -> Any:
        """In a graph, returns the operation that opens the file."""
        return None if self._writer is None else self._writer.init()

    def flush(self) -> Any:
        """Writes the queued summaries to the file; in a graph, returns the operation that does."""
        return None if self._writer is None else self._writer.flush()

    def close(self) -> Any:
        """Flushes and closes the file; in a graph, returns the operation that does."""
        return None if self._writer is None else self._writer.close()


def create_file_writer(
    logdir: str | os.PathLike[str] | None,
    max_queue: Any = None,
    flush_millis: Any = None,
    filename_suffix: Any = None,
    name: str | None = None,
) -> SummaryWriter:
    """Returns a writer of a new event file.

    Args:
        logdir: The folder for the file; None makes a writer that does nothing.
        max_queue: How many summaries are queued before they are written, an int32 scalar; 10 by
            default.
        flush_millis: The longest time between two writes, an int32 scalar in milliseconds; 120,000
            by default.
        filename_suffix: The end of the name of the file, a string scalar; ".v2" by default.
        name: The name of the operation that makes the writer.
    """
    if logdir is None:
        return SummaryWriter()
    writer = tf.summary.create_file_writer(
        str(logdir), max_queue, flush_millis, filename_suffix, name
    )
    if not tf.executing_eagerly():
        tf.compat.v1.add_to_collection(_INITIALIZERS, writer.init())
    return SummaryWriter(writer)


create_summary_file_writer = create_file_writer


def _record_if(condition: Any) -> contextlib.AbstractContextManager[None]:
    @contextlib.contextmanager
    def context() -> Iterator[None]:
        _conditions.entered += 1
        try:
            with tf.summary.record_if(condition):
                yield
        finally:
            _conditions.entered -= 1

    return context()


def _nothing_by_default() -> contextlib.AbstractContextManager[Any]:
    # tf.summary records everything unless told otherwise; tf.contrib.summary nothing.
    return contextlib.nullcontext() if _conditions.entered else tf.summary.record_if(False)


def always_record_summaries() -> contextlib.AbstractContextManager[None]:
    """Returns a context in which every summary is recorded."""
    return _record_if(True)


def never_record_summaries() -> contextlib.AbstractContextManager[None]:
    """Returns a context in which no summary is recorded."""
    return _record_if(False)


def record_summaries_every_n_global_steps(
    n: int, global_step: Any = None
) -> contextlib.AbstractContextManager[None]:
    """Returns a context in which summaries are recorded if the step is a multiple of n.

    Args:
        n: An integer: every how many steps to record.
        global_step: The step, an int64 scalar tensor or variable; None means
            `tf.compat.v1.train.get_or_create_global_step()`.
    """
    step = tf.compat.v1.train.get_or_create_global_step() if global_step is None else global_step

    def due() -> Any:
        return tf.equal(step % n, 0)

    return _record_if(due if tf.executing_eagerly() else due())


def should_record_summaries() -> Any:
    """Returns a scalar bool tensor: whether summaries are recorded in the current context."""
    recording = tf.summary.should_record_summaries() if _conditions.entered else False
    return tf.convert_to_tensor(recording)


def clean_tag(name: str) -> str:
    """Returns a name as it appears in a tag, with "_" in place of blanks and other characters.

    >>> clean_tag("/mean loss (%)")
    'mean_loss____'
    """
    return re.sub(r"[^-/\w.]", "_", name).lstrip("/")


def write(summary: Any, step: Any = None) -> Any:
    """Writes a serialized Summary with the default writer, if summaries are recorded.

    Args:
        summary: A scalar string tensor, from one of the `tf.raw_ops` for summaries. These have the
            fields of TF 1 and need no TensorBoard.
        step: As in `scalar`.

    Returns:
        As in `scalar`.
    """
    if step is None:
        step = tf.compat.v1.train.get_or_create_global_step()
    step = tf.cast(tf.convert_to_tensor(step), tf.int64)
    if step.shape.rank != 0:  # such as [1], which TF 1.15.5 took, too
        step = tf.reshape(step, [])
    return tf.summary.experimental.write_raw_pb(summary, step=step)


@unconverted
def _write(
    name: str | None, tensor: Any, family: str | None, step: Any, summary: Callable[[str, Any], Any]
) -> Any:
    recording = tf.get_static_value(should_record_summaries())
    if recording is not None and not recording:
        return tf.constant(False)
    name = "" if name is None else clean_tag(name)
    prefix = f"{clean_tag(family)}/" if family is not None else ""
    with tf.device("cpu:0"), tf.compat.v1.name_scope(prefix + name) as scope:
        tag = prefix + scope.rstrip("/")
        try:
            return write(summary(tag, tf.identity(tensor)), step)
        except tf.errors.InvalidArgumentError as error:
            # The messages of the operations don't say which summary it is.
            raise tf.errors.InvalidArgumentError(
                error.node_def, error.op, f"{error.message}; the summary: {tag!r}"
            ) from None


def scalar(name: str, tensor: Any, family: str | None = None, step: Any = None) -> Any:
    """Writes a number, if summaries are recorded.

    >>> import tempfile
    >>> with create_file_writer(tempfile.mkdtemp()).as_default(), always_record_summaries():
    ...     print(scalar("loss", 0.5, step=1).numpy())
    True

    Args:
        name: The name of the summary. The tag is this name within the current name scope; in a
            graph, a number is added where that is taken.
        tensor: A number of a real dtype: float16, bfloat16, float32, float64, or an integer one.
            The file has it as a float32. Of a tensor of more dimensions, it is the first element.
        family: A prefix of the tag, "family/", by which TensorBoard groups summaries.
        step: The step, an int64 scalar; None means
            `tf.compat.v1.train.get_or_create_global_step()`.

    Returns:
        A scalar bool tensor: whether the summary was written. In a graph, run it to write one;
        `all_summary_ops()` has it.

    Raises:
        tf.errors.InvalidArgumentError: `tensor` has no element, or not a real dtype.
    """

    def summary(tag: str, value: Any) -> Any:
        if value.shape.num_elements() == 0:  # for which TF 1.15.5 ended the process
            raise tf.errors.InvalidArgumentError(
                None, None, f"a scalar needs a number; got a tensor of shape {value.shape}"
            )
        if value.shape.rank != 0:
            value = tf.reshape(value, [-1])[0]
        # With a string for the tag, the operation takes twice as long.
        return tf.raw_ops.ScalarSummary(tags=tf.constant(tag), values=value)

    return _write(name, tensor, family, step, summary)


def histogram(name: str, tensor: Any, family: str | None = None, step: Any = None) -> Any:
    """Writes a histogram of the numbers in a tensor, if summaries are recorded.

    Args:
        name: As in `scalar`.
        tensor: Of any shape, and a real dtype as in `scalar`. All numbers must be finite.
        family: As in `scalar`.
        step: As in `scalar`.

    Returns:
        As in `scalar`.
    """

    def summary(tag: str, values: Any) -> Any:
        return tf.raw_ops.HistogramSummary(tag=tag, values=values)

    return _write(name, tensor, family, step, summary)


def image(
    name: str,
    tensor: Any,
    bad_color: Any = None,
    max_images: Any = 3,
    family: str | None = None,
    step: Any = None,
) -> Any:
    """Writes images as PNG, if summaries are recorded.

    Args:
        name: As in `scalar`, except that the tag goes on with "/image" or, if `max_images` is
            greater than 1, with "/image/0", "/image/1" and so on.
        tensor: Of shape [batch, height, width, channels], with 1 (gray), 3 (RGB) or 4 (RGBA)
            channels, and of dtype uint8, float16, float32 or (not in TF 1.15.5) float64. uint8 is
            written as it is. Floats are scaled, each image by itself, so that the largest is 255;
            if any is negative, 0.0 becomes 127 and the one farthest from it 0 or 255.
        bad_color: The color of pixels that are not finite: uint8 of shape [n], with at least as
            many elements as there are channels. None means [255, 0, 0, 255], which is red.
        max_images: The largest number of images of the batch to write, an integer greater than 0;
            None means 3.
        family: As in `scalar`.
        step: As in `scalar`.

    Returns:
        As in `scalar`.

    Raises:
        tf.errors.InvalidArgumentError: `tensor` has another shape or dtype, or `max_images` is less
            than 1.
    """
    count = 3 if max_images is None else int(max_images)
    color: tuple[int, ...] = (255, 0, 0, 255)
    if bad_color is not None:
        color = tuple(int(each) for each in tf.get_static_value(tf.convert_to_tensor(bad_color)))

    def summary(tag: str, images: Any) -> Any:
        if images.dtype not in _IMAGES or count < 1:
            raise tf.errors.InvalidArgumentError(
                None,
                None,
                "image takes at least one image, of uint8, float16, float32 or float64: cast with "
                f"tf.cast(images, tf.uint8); got {images.dtype.name}, max_images={count}",
            )
        return _image_summary(count, color)(tf.constant(tag), images)

    return _write(name, tensor, family, step, summary)


_IMAGES = (tf.uint8, tf.float16, tf.float32, tf.float64)


@functools.cache
def _image_summary(max_images: int, color: tuple[int, ...]) -> Any:
    # An operation with a tensor for an attribute can't run eagerly, only in a function.
    def summary(tag: Any, images: Any) -> Any:
        bad = tf.make_tensor_proto(color, tf.uint8)
        return tf.raw_ops.ImageSummary(tag=tag, tensor=images, max_images=max_images, bad_color=bad)

    return tf.function(summary)


def audio(
    name: str,
    tensor: Any,
    sample_rate: Any,
    max_outputs: int,
    family: str | None = None,
    step: Any = None,
) -> Any:
    """Writes sounds as WAV, if summaries are recorded.

    Args:
        name: As in `scalar`, except that the tag goes on with "/audio" or, if `max_outputs` is
            greater than 1, with "/audio/0", "/audio/1" and so on.
        tensor: float32 of shape [batch, frames] or [batch, frames, channels], from -1.0 to 1.0.
        sample_rate: The number of frames per second (hertz), a float32 scalar.
        max_outputs: The largest number of sounds of the batch to write, an int.
        family: As in `scalar`.
        step: As in `scalar`.

    Returns:
        As in `scalar`.
    """

    def summary(tag: str, sounds: Any) -> Any:
        return tf.raw_ops.AudioSummaryV2(
            tag=tag, tensor=sounds, sample_rate=sample_rate, max_outputs=max_outputs
        )

    return _write(name, tensor, family, step, summary)


def generic(
    name: str, tensor: Any, metadata: Any = None, family: str | None = None, step: Any = None
) -> Any:
    """Writes a tensor as it is, if summaries are recorded.

    Args:
        name: As in `scalar`.
        tensor: Of any dtype and shape.
        metadata: A `tf.compat.v1.SummaryMetadata`, or a serialized one: bytes, or a scalar string
            tensor. It names the plugin of TensorBoard that shows the tensor.
        family: As in `scalar`.
        step: As in `scalar`.

    Returns:
        As in `scalar`.
    """
    if metadata is None:
        metadata = b""
    serialized = getattr(metadata, "SerializeToString", lambda: metadata)()

    def summary(tag: str, value: Any) -> Any:
        return tf.raw_ops.TensorSummaryV2(
            tag=tag, tensor=value, serialized_summary_metadata=serialized
        )

    return _write(name, tensor, family, step, summary)


def graph(param: Any, step: Any = None, name: str | None = None) -> None:
    """Writes a graph, whether or not summaries are recorded.

    In graph mode, pass the graph to `initialize` instead.

    Args:
        param: A `tf.Graph` or `tf.compat.v1.GraphDef`, or a serialized one: bytes, or a scalar
            string tensor.
        step: Has no effect: the step is 0.
        name: Has no effect.
    """
    del step, name
    if not isinstance(param, (tf.Graph, tf.compat.v1.GraphDef)) and tf.executing_eagerly():
        param = tf.compat.v1.GraphDef.FromString(tf.convert_to_tensor(param, tf.string).numpy())
    with tf.summary.record_if(True):
        tf.summary.graph(param)


def flush(writer: SummaryWriter | None = None, name: str | None = None) -> Any:
    """Writes the queued summaries to the file; in a graph, returns the operation that does.

    Args:
        writer: The writer; None means the default one.
        name: The name of the operation, if `writer` is None.
    """
    return tf.summary.flush(name=name) if writer is None else writer.flush()


def initialize(graph: Any = None, session: Any = None) -> None:
    """In a graph, opens the file of the default writer.

    Args:
        graph: A `tf.Graph` or `tf.compat.v1.GraphDef` to write to the file; None writes none.
        session: A `tf.compat.v1.Session`; None means the default one.
    """
    tf.compat.v1.summary.initialize(graph, session)


def summary_writer_initializer_op() -> list[Any]:
    """In a graph, returns a list of the operations that open the files of its writers.

    Raises:
        RuntimeError: Eager execution is on.
    """
    if tf.executing_eagerly():
        raise RuntimeError("Eager execution is on: the writers' files are open already")
    return list(tf.compat.v1.get_collection(_INITIALIZERS))


def all_summary_ops() -> Any:
    """In a graph, returns a list of what to run to write its summaries; in eager mode, None."""
    return tf.compat.v1.summary.all_v2_summary_ops()


def eval_dir(model_dir: str, name: str | None = None) -> str:
    """Returns the folder for the log of an evaluation.

    >>> eval_dir("model"), eval_dir("model", name="test")
    ('model/eval', 'model/eval_test')
    """
    return os.path.join(model_dir, f"eval_{name}" if name else "eval")
