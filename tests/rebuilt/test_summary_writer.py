"""tfe.SummaryWriter writes what TF 1.4 wrote, and needs no TensorBoard."""

from __future__ import annotations

import pytest
import tensorflow as tf

import tfe_compat as tfe

# As TF 1.4.0 (Python 3.6) wrote it, by the same calls.
WRITTEN_BY_TF_1_4 = [
    (0, "loss", "simple_value", 1.5),
    (1, "fam/fam/loss", "simple_value", 2.5),
    (2, "a_b", "simple_value", 2.0),
    (2, "h", "histo", (4.0, 10.0, 7)),
    (2, "fam/fam/h", "histo", (1.0, 1.0, 3)),
    (2, "i/image/0", "image", (2, 2)),
    (2, "i/image/1", "image", (2, 2)),
    (2, "s/audio", "audio", 8),
    (2, "g", "tensor", [1.0, 2.0]),
    (2, "fam/fam/g", "tensor", [1.0]),
]


def content(value):
    kind = value.WhichOneof("value")
    if kind == "histo":
        return kind, (value.histo.num, value.histo.sum, len(value.histo.bucket))
    if kind == "image":
        return kind, (value.image.width, value.image.height)
    if kind == "audio":
        return kind, value.audio.length_frames
    if kind == "tensor":
        return kind, tf.make_ndarray(value.tensor).tolist()
    return kind, value.simple_value


def test_writes_what_tf_1_4_wrote(tmp_path):
    writer = tfe.SummaryWriter(str(tmp_path), max_queue=0, filename_suffix=".end")
    assert writer.scalar("loss", 1.5) is None
    assert (writer.global_step, writer.step(), writer.global_step) == (0, None, 1)
    writer.scalar("loss", tf.constant(2.5), family="fam")
    writer.step()
    writer.scalar("a b", 2)
    writer.histogram("h", [1.0, 2.0, 2.0, 5.0])
    writer.histogram("h", [1.0], family="fam")
    writer.image("i", tf.ones([4, 2, 2, 3]), max_images=2)
    writer.audio("s", tf.zeros([2, 8]), 100.0, 1)
    writer.generic("g", tf.constant([1.0, 2.0]), b"")
    writer.generic("g", [1.0], b"", family="fam")

    (path,) = tmp_path.iterdir()
    assert path.name.endswith(".end")
    written = [
        (event.step, value.tag, *content(value))
        for event in tf.compat.v1.train.summary_iterator(str(path))
        for value in event.summary.value
    ]
    assert written == WRITTEN_BY_TF_1_4


def test_needs_eager_execution(tmp_path):
    with tf.Graph().as_default(), pytest.raises(ValueError, match="needs eager execution"):
        tfe.SummaryWriter(str(tmp_path))
