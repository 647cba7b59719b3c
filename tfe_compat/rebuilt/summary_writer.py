"""The `SummaryWriter` of TF 1.4's `tfe`; `tfe_compat.summary` is `tf.contrib.summary`."""

from __future__ import annotations

from typing import Any, Callable

import tensorflow as tf

from tfe_compat import summary


class SummaryWriter:
    """Writes summaries for TensorBoard, and counts the steps itself.

        writer = tfe.SummaryWriter("logs")
        for batch in batches:
            writer.scalar("loss", train(batch))
            writer.step()

    Only TF 1.4 had this class. The files are of the same kind, and TensorBoard need not be
    installed to write them.

    Args:
        logdir: The folder for the file.
        max_queue: How many summaries are queued before they are written; 0 writes each at once.
        flush_secs: The longest time between two writes, in seconds.
        filename_suffix: The end of the name of the file.

    Raises:
        ValueError: Eager execution is off.
    """

    def __init__(
        self, logdir: str, max_queue: int = 10, flush_secs: float = 120, filename_suffix: str = ""
    ) -> None:
        if not tf.executing_eagerly():
            raise ValueError("tfe.SummaryWriter needs eager execution, which is off")
        self._writer = tf.summary.create_file_writer(
            logdir, max_queue, int(flush_secs * 1000), filename_suffix
        )
        self._global_step = 0

    def step(self) -> None:
        """Adds 1 to `global_step`."""
        self._global_step += 1

    @property
    def global_step(self) -> int:
        """The step of the summaries that are written next."""
        return self._global_step

    def generic(self, name: str, tensor: Any, metadata: Any, family: str | None = None) -> None:
        """Writes a tensor with a serialized `tf.compat.v1.SummaryMetadata`.

        Args:
            name: The tag.
            tensor: The value, of any dtype and shape.
            metadata: The serialized message: bytes, or a scalar string tensor.
            family: If given, the tag becomes "family/family/name"; TensorBoard groups by families.
        """
        self._write(summary.generic, name, tensor, metadata, family=family)

    def scalar(self, name: str, tensor: Any, family: str | None = None) -> None:
        """Writes a number: a real scalar; `name` and `family` are as in `generic`."""
        self._write(summary.scalar, name, tensor, family=family)

    def histogram(self, name: str, tensor: Any, family: str | None = None) -> None:
        """Writes the distribution of the numbers in a tensor of any real dtype and shape."""
        self._write(summary.histogram, name, tensor, family=family)

    def image(
        self,
        name: str,
        tensor: Any,
        bad_color: Any = None,
        max_images: int = 3,
        family: str | None = None,
    ) -> None:
        """Writes images; the arguments are as in `tfe_compat.summary.image`."""
        self._write(summary.image, name, tensor, bad_color, max_images, family=family)

    def audio(
        self, name: str, tensor: Any, sample_rate: Any, max_outputs: int, family: str | None = None
    ) -> None:
        """Writes sounds; the arguments are as in `tfe_compat.summary.audio`."""
        self._write(summary.audio, name, tensor, sample_rate, max_outputs, family=family)

    def _write(self, function: Callable[..., Any], *args: Any, family: str | None) -> None:
        with self._writer.as_default(), summary.always_record_summaries():
            function(*args, family=family, step=self._global_step)
