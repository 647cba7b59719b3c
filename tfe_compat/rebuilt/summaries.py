"""Summaries for TensorBoard, as TF 1.4 wrote them."""

from __future__ import annotations

from typing import Any, Callable

import tensorflow as tf

from tfe_compat import summary


class SummaryWriter:
    """Writes summaries for TensorBoard, with a step of its own.

        writer = tfe.SummaryWriter("logs")
        for batch in batches:
            writer.scalar("loss", train(batch))
            writer.step()

    The class of TF 1.4, which only that release had. The files are of the same kind, and to write
    them needs no TensorBoard.

    Args:
        logdir: The folder of the files.
        max_queue: How many summaries to keep before they are written; 0 writes each at once.
        flush_secs: After how many seconds at the latest.
        filename_suffix: What the names of the files end in.

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
        """The step of what is written next."""
        return self._global_step

    def generic(self, name: str, tensor: Any, metadata: Any, family: str | None = None) -> None:
        """Writes a tensor with a serialized `tf.compat.v1.SummaryMetadata`.

        Args:
            name: The tag.
            tensor: The value, of any type and shape.
            metadata: A string or a scalar tensor of it.
            family: The tag becomes "family/family/name"; TensorBoard has a tab for each family.
        """
        self._write(summary.generic, name, tensor, metadata, family=family)

    def scalar(self, name: str, tensor: Any, family: str | None = None) -> None:
        """Writes a number; `name` and `family` are those of `generic`."""
        self._write(summary.scalar, name, tensor, family=family)

    def histogram(self, name: str, tensor: Any, family: str | None = None) -> None:
        """Writes the distribution of the numbers in a tensor of any shape."""
        self._write(summary.histogram, name, tensor, family=family)

    def image(
        self,
        name: str,
        tensor: Any,
        bad_color: Any = None,
        max_images: int = 3,
        family: str | None = None,
    ) -> None:
        """Writes images; the arguments are those of `tfe_compat.summary.image`."""
        self._write(summary.image, name, tensor, bad_color, max_images, family=family)

    def audio(
        self, name: str, tensor: Any, sample_rate: Any, max_outputs: int, family: str | None = None
    ) -> None:
        """Writes sounds.

        Args:
            name: The tag; "/audio/0" and so on follow it.
            tensor: float32 of shape [batch, frames] or [batch, frames, channels], from -1 to 1.
            sample_rate: In hertz.
            max_outputs: How many of the batch at most.
            family: As in `generic`.
        """
        self._write(summary.audio, name, tensor, sample_rate, max_outputs, family=family)

    def _write(self, function: Callable[..., Any], *args: Any, family: str | None) -> None:
        with self._writer.as_default(), summary.always_record_summaries():
            function(*args, family=family, step=self._global_step)
