"""Calls of tf.contrib.summary, and the events that they write.

    PYTHONPATH=.:tests python -m recorded.calls.summary MODE

prints the events in one mode, "eager" or "graph", as JSON.
"""

import glob
import json
import os
import subprocess
import sys
import tempfile

import numpy as np
from recorded.outcomes import outcome

TF1 = sys.version_info < (3, 8)
if TF1:
    import tensorflow as tf

    tfe = tf.contrib.eager
    summary = tf.contrib.summary
else:
    import tensorflow.compat.v1 as tf

    import tfe_compat as tfe
    from tfe_compat import summary


def value_of(value):
    kind = value.WhichOneof("value")
    if kind == "simple_value":
        return round(value.simple_value, 6)
    if kind == "histo":
        return [value.histo.num, value.histo.sum, list(value.histo.bucket)]
    if kind == "image":
        size = len(value.image.encoded_image_string)
        return [value.image.height, value.image.width, value.image.colorspace, size]
    if kind == "audio":
        return [value.audio.sample_rate, value.audio.num_channels, value.audio.length_frames]
    tensor = tf.make_ndarray(value.tensor)
    tensor = tensor.astype(str) if tensor.dtype == object else tensor
    return [tensor.tolist(), value.metadata.plugin_data.plugin_name]


def events(folder):
    found = []
    for path in glob.glob(os.path.join(folder, "*")):
        for event in tf.train.summary_iterator(path):
            for value in event.summary.value:
                kind = value.WhichOneof("value")
                found.append([event.step, value.tag, kind, value_of(value)])
    return sorted(found, key=str)


def write_everything():
    summary.scalar("nothing set", 1.0)
    with summary.always_record_summaries():
        summary.scalar("a b", 1.5)
        summary.scalar("loss", 2.0, family="fam x")
        summary.scalar("loss", 2.0)
        with tf.name_scope("outer"):
            summary.scalar("in/x", 3.0)
            summary.scalar("y", tf.constant(4), family="f")
            summary.histogram("h", tf.range(10.0))
        nan = tf.constant(float("nan"), shape=[1, 2, 2, 3])
        summary.image("picture", tf.reshape(tf.range(0.0, 48.0), [1, 4, 4, 3]))
        summary.image("bad", nan, bad_color=tf.constant([0, 0, 255], tf.uint8))
        summary.image("pictures", tf.reshape(tf.range(0.0, 192.0), [4, 4, 4, 3]), max_images=2)
        summary.image("one", tf.reshape(tf.range(0.0, 192.0), [4, 4, 4, 3]), max_images=1)
        summary.audio("sound", tf.zeros([1, 20, 1]), 8000, 1)
        summary.generic("tensor", tf.constant([1.0, 2.0]))
        summary.scalar("step", 7.0, step=42)
        with summary.never_record_summaries():
            summary.scalar("never", 1.0)
    with summary.record_summaries_every_n_global_steps(2):
        summary.scalar("every", 9.0)


def write_other_values():
    """What the functions take besides the values that their documentation names.

    Returns the exceptions that they raise.
    """
    errors = []
    values = [[1.5], [[2.5]], [3.5, 9.0], (4, 5), [[6, 7], [8, 9]], [tf.constant(1.25)]]
    values += [np.float64(1.5), np.array([[7], [8]]), np.float16(0.5), np.uint8(3), 2**40]
    values += [float("nan"), float("inf")]
    for value in values:
        summary.scalar("value", value)
    summary.scalar("integers", tf.constant([3, 4], tf.uint16))
    summary.histogram("numbers", [[1, 2], [3, 4]])
    summary.histogram("number", 5)
    summary.generic("strings", [["a", "b"]])
    for name in ("/leading", "with blank (%)", "caf\u00e9", "a:0", "a//b", "a\nb"):
        errors.append(outcome(summary.scalar, name, 1.0))
        errors.append(outcome(summary.scalar, "named", 1.0, family=name))
    for step in ([3], np.int32(4), np.array([5]), True):
        summary.scalar("step", 1.0, step=step)
    images = tf.cast(tf.reshape(tf.range(32) * 7, [8, 2, 2, 1]), tf.uint8)
    for most in (None, np.int64(2)):
        summary.image("images", images, max_images=most)
    summary.audio("sounds", [[0.0, 1.0], [2.0, -1.0]], np.int64(8000), np.int64(2))
    return [error for error in errors if isinstance(error, str)]


def other_values_and_errors():
    functions = summary.scalar, summary.histogram, summary.generic
    variables = tfe.Variable(2.5), tfe.Variable([3.5, 1.0]), tfe.Variable(3)
    graph = tf.Graph()
    with graph.as_default():
        tf.constant(1.0, name="one")
    with summary.create_file_writer("values").as_default(), summary.always_record_summaries():
        errors = write_other_values()
        for function in functions:
            for variable in variables:
                function("variable", variable)
        for name in (None, ""):
            summary.scalar(name, 1.0)
        summary.scalar("named", 1.0, family="")
        images = tf.zeros([3, 2, 2, 1])
        summary.image("images", images, max_images=tf.constant(2))

        @tfe.defun(input_signature=[tf.TensorSpec(None, tf.float32)])
        def of_any_shape(value):
            summary.scalar("any shape", value)

        for value in (7.0, [8.0, 9.0], [[10.0]]):
            of_any_shape(tf.constant(value))
        errors += [
            outcome(summary.scalar, "bool", True),
            outcome(summary.scalar, "string", "x"),
            outcome(summary.scalar, "complex", 1j),
            outcome(summary.scalar, "none", None),
            outcome(summary.scalar, b"bytes", 1.0),
            outcome(summary.scalar, 3, 1.0),
            outcome(summary.histogram, "nan", [1.0, float("nan")]),
            outcome(summary.image, "integers", tf.ones([1, 2, 2, 1], tf.int32)),
            outcome(summary.image, "no batch", tf.ones([2, 2, 1])),
            outcome(summary.image, "none of them", images, max_images=0),
            outcome(summary.audio, "float64", np.zeros([1, 8]), 8000, 1),
        ]
        closed = summary.create_file_writer("closed")

        def write_to_closed():
            with closed.as_default():
                summary.scalar("before", 1.0)
                closed.close()
                summary.scalar("after", 1.0)

        errors.append(outcome(write_to_closed))
    with summary.create_file_writer("graph").as_default():
        summary.graph(graph)
        summary.graph(graph.as_graph_def().SerializeToString())
        summary.graph(tf.constant(graph.as_graph_def().SerializeToString()))
    (path,) = glob.glob("graph/*")
    graphs = [event.graph_def.count(b"one") for event in tf.train.summary_iterator(path)]
    return {"errors": errors, "graphs": graphs, "events": [events("values"), events("closed")]}


def eager():
    step = tf.train.get_or_create_global_step()
    step.assign(5)
    summary.scalar("no writer", 1.0)
    mean = tfe.metrics.Mean("mean value")
    mean([1.0, 3.0])
    with summary.create_file_writer("all").as_default():
        write_everything()
        mean.result()
        with summary.always_record_summaries():
            mean.result()
        recording = [bool(summary.should_record_summaries())]
    with summary.always_record_summaries(), summary.create_file_writer("outside").as_default():
        summary.scalar("recorded from outside", 1.0)
    writer = summary.create_file_writer("every")
    with writer.as_default(), summary.record_summaries_every_n_global_steps(2):
        for i in range(4):
            step.assign(i)
            summary.scalar("every", float(i))
            recording.append(bool(summary.should_record_summaries()))
    with summary.create_file_writer(None).as_default(), summary.always_record_summaries():
        summary.scalar("nowhere", 1.0)
    writer = summary.create_file_writer("default")
    writer.set_as_default()
    summary.scalar("unset", 1.0)
    function = tfe.defun(lambda value: summary.scalar("function", value))
    with summary.always_record_summaries():
        function(tf.constant(2.0))
    summary.flush()
    folders = {folder: events(folder) for folder in ("all", "outside", "every", "default")}
    others = other_values_and_errors()
    ops = summary.all_summary_ops()
    return {"recording": recording, "ops": ops, "events": folders, "others": others}


def graph():
    with tf.Graph().as_default() as graph:
        step = tf.train.get_or_create_global_step()
        writer = summary.create_file_writer("all")
        with writer.as_default(), tf.Session() as session:
            write_everything()
            with summary.always_record_summaries():
                errors = write_other_values()
            session.run(tf.global_variables_initializer())
            summary.initialize(graph=graph, session=session)
            for _ in range(3):
                session.run(summary.all_summary_ops())
                session.run(step.assign_add(1))
            session.run(writer.close())
    writers = len(summary_ops(graph))
    return {"writers": writers, "events": {"all": events("all")}, "errors": errors}


def summary_ops(graph):
    with graph.as_default():
        return summary.summary_writer_initializer_op()


def outcomes():
    return {mode: outcomes_in(mode) for mode in ("eager", "graph")}


def outcomes_in(mode):
    """What the calls give in a mode, for which they need a process of their own."""
    printed = subprocess.check_output([sys.executable, "-m", "recorded.calls.summary", mode])
    return json.loads(printed.decode().splitlines()[-1])


if __name__ == "__main__":
    mode = sys.argv[1]
    os.chdir(tempfile.mkdtemp())
    if mode == "graph" and not TF1:
        tf.disable_v2_behavior()
    elif mode == "eager" and TF1:
        tf.enable_eager_execution()
    print(json.dumps({"eager": eager, "graph": graph}[mode](), sort_keys=True))
