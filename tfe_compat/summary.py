"""`tf.contrib.summary`: TensorBoard's logs, written by `tf.summary` in the way of TF 1.15.5.

    from tfe_compat import summary

    writer = summary.create_file_writer(folder)
    with writer.as_default(), summary.record_summaries_every_n_global_steps(100):
        summary.scalar("loss", loss)

The step is the global step unless one is given, nothing is recorded unless
`always_record_summaries` or its like says so, and the values are those of TF 1 (`simple_value`,
`histo`, `image`, `audio`), for which no TensorBoard has to be installed. In a graph, run
`initialize` or `summary_writer_initializer_op()`, and then `all_summary_ops()`.
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
    entered = 0  # how many contexts say whether to record


_conditions = _Conditions()
_for_good = contextlib.ExitStack()  # what set_as_default has entered


class SummaryWriter:
    """What `create_file_writer` returns. Without a logdir it does nothing.

    >>> import tempfile
    >>> writer = create_file_writer(tempfile.mkdtemp())
    >>> with writer.as_default(), always_record_summaries():
    ...     _ = scalar("loss", 0.5, step=1)
    """

    def __init__(self, writer: Any = None) -> None:
        self._writer = writer

    @contextlib.contextmanager
    def as_default(self) -> Iterator[SummaryWriter]:
        """Makes it the writer of this thread, and flushes it at the end."""
        if self._writer is None:
            yield self
            return
        with self._writer.as_default(), _nothing_by_default():
            yield self

    def set_as_default(self) -> None:
        """Makes it the writer of this thread from now on."""
        if self._writer is not None:
            self._writer.set_as_default()
            _for_good.enter_context(_nothing_by_default())

    def init(self) -> Any:
        """In a graph, the operation that opens the file."""
        return None if self._writer is None else self._writer.init()

    def flush(self) -> Any:
        """Writes to the file what is still held back; in a graph, the operation for it."""
        return None if self._writer is None else self._writer.flush()

    def close(self) -> Any:
        """Flushes and closes the file; in a graph, the operation for it."""
        return None if self._writer is None else self._writer.close()


def create_file_writer(
    logdir: str | os.PathLike[str] | None,
    max_queue: Any = None,
    flush_millis: Any = None,
    filename_suffix: Any = None,
    name: str | None = None,
) -> SummaryWriter:
    """Returns a writer to a new event file.

    Args:
        logdir: The folder; None for a writer that does nothing.
        max_queue: How many summaries may be held back; 10 by default.
        flush_millis: For how long; 120,000 by default.
        filename_suffix: What the file's name ends with; ".v2" by default.
        name: The name of the writer's operation.
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
    """Returns a context in which summaries are recorded if the global step is a multiple of n.

    Args:
        n: How often.
        global_step: Another step than `tf.compat.v1.train.get_or_create_global_step()`.
    """
    step = tf.compat.v1.train.get_or_create_global_step() if global_step is None else global_step

    def due() -> Any:
        return tf.equal(step % n, 0)

    return _record_if(due if tf.executing_eagerly() else due())


def should_record_summaries() -> Any:
    """Returns a bool tensor: whether a summary would be recorded here."""
    recording = tf.summary.should_record_summaries() if _conditions.entered else False
    return tf.convert_to_tensor(recording)


def clean_tag(name: str) -> str:
    """Returns name as a tag has it: with "_" for blanks and odd characters."""
    return re.sub(r"[^-/\w.]", "_", name).lstrip("/")


def write(summary: Any, step: Any = None) -> Any:
    """Writes a serialized Summary, if the default writer records.

    Args:
        summary: What one of the `tf.raw_ops` for summaries returns. With them no TensorBoard is
            needed, and the values are those of TF 1.
        step: The step; the global step by default.

    Returns:
        A bool tensor; in a graph, it is what to run.
    """
    if step is None:
        step = tf.compat.v1.train.get_or_create_global_step()
    return tf.summary.experimental.write_raw_pb(summary, step=tf.cast(step, tf.int64))


def _write(
    name: str, tensor: Any, family: str | None, step: Any, summary: Callable[[str, Any], Any]
) -> Any:
    recording = tf.get_static_value(should_record_summaries())
    if recording is not None and not recording:
        return tf.constant(False)
    name, prefix = clean_tag(name), f"{clean_tag(family)}/" if family is not None else ""
    with tf.device("cpu:0"), tf.compat.v1.name_scope(prefix + name) as scope:
        return write(summary(prefix + scope.rstrip("/"), tf.identity(tensor)), step)


def scalar(name: str, tensor: Any, family: str | None = None, step: Any = None) -> Any:
    """Writes a number.

    Args:
        name: Its name; with the name scope around, and what makes it unique in a graph, the tag.
        tensor: The number.
        family: A prefix, by which TensorBoard groups.
        step: The step; the global step by default.

    Returns:
        A bool tensor; in a graph, it is what to run.
    """

    def summary(tag: str, value: Any) -> Any:
        return tf.raw_ops.ScalarSummary(tags=tag, values=value)

    return _write(name, tensor, family, step, summary)


def histogram(name: str, tensor: Any, family: str | None = None, step: Any = None) -> Any:
    """Writes a histogram of the numbers of a tensor of any shape; else like `scalar`."""

    def summary(tag: str, values: Any) -> Any:
        return tf.raw_ops.HistogramSummary(tag=tag, values=values)

    return _write(name, tensor, family, step, summary)


def image(
    name: str,
    tensor: Any,
    bad_color: Any = None,
    max_images: int = 3,
    family: str | None = None,
    step: Any = None,
) -> Any:
    """Writes pictures; else like `scalar`.

    Args:
        name: Its name, as in `scalar`.
        tensor: Of shape [batch, height, width, channels]. Floats are scaled to the greatest one.
        bad_color: uint8, for the pixels that are no numbers; red by default.
        max_images: How many pictures of the batch to write.
        family: A prefix, by which TensorBoard groups.
        step: The step; the global step by default.
    """
    color: tuple[int, ...] = (255, 0, 0, 255)
    if bad_color is not None:
        color = tuple(int(each) for each in tf.get_static_value(tf.convert_to_tensor(bad_color)))

    def summary(tag: str, images: Any) -> Any:
        return _image_summary(max_images, color)(tf.constant(tag), images)

    return _write(name, tensor, family, step, summary)


@functools.cache
def _image_summary(max_images: int, color: tuple[int, ...]) -> Any:
    # An operation that takes a tensor for an attribute can be run in a function only.
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
    """Writes sounds, of shape [batch, frames, channels], as WAV; else like `scalar`."""

    def summary(tag: str, sounds: Any) -> Any:
        return tf.raw_ops.AudioSummaryV2(
            tag=tag, tensor=sounds, sample_rate=sample_rate, max_outputs=max_outputs
        )

    return _write(name, tensor, family, step, summary)


def generic(
    name: str, tensor: Any, metadata: Any = None, family: str | None = None, step: Any = None
) -> Any:
    """Writes a tensor as it is, with a SummaryMetadata or a serialized one; else like `scalar`."""
    if metadata is None:
        metadata = b""
    serialized = getattr(metadata, "SerializeToString", lambda: metadata)()

    def summary(tag: str, value: Any) -> Any:
        return tf.raw_ops.TensorSummaryV2(
            tag=tag, tensor=value, serialized_summary_metadata=serialized
        )

    return _write(name, tensor, family, step, summary)


def graph(param: Any, step: Any = None, name: str | None = None) -> None:
    """Writes a `tf.Graph` or a GraphDef, at step 0; in a graph, give it to `initialize`."""
    del step, name
    tf.summary.graph(param)


def flush(writer: SummaryWriter | None = None, name: str | None = None) -> Any:
    """Flushes writer, or the default one; in a graph, returns the operation for it."""
    return tf.summary.flush(name=name) if writer is None else writer.flush()


def initialize(graph: Any = None, session: Any = None) -> None:
    """In a graph, opens the default writer's file, and writes graph to it if one is given."""
    tf.compat.v1.summary.initialize(graph, session)


def summary_writer_initializer_op() -> list[Any]:
    """In a graph, returns the operations that open the files of its writers."""
    if tf.executing_eagerly():
        raise RuntimeError("Eager execution is on: the writers' files are open already")
    return list(tf.compat.v1.get_collection(_INITIALIZERS))


def all_summary_ops() -> Any:
    """In a graph, returns what its summaries have returned, to be run; None in eager mode."""
    return tf.compat.v1.summary.all_v2_summary_ops()


def eval_dir(model_dir: str, name: str | None = None) -> str:
    """Returns the folder of an evaluation's log: "eval", or "eval_" and name, in model_dir."""
    return os.path.join(model_dir, f"eval_{name}" if name else "eval")
