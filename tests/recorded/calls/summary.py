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
    return [tf.make_ndarray(value.tensor).tolist(), value.metadata.plugin_data.plugin_name]


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
    return {"recording": recording, "ops": summary.all_summary_ops(), "events": folders}


def graph():
    with tf.Graph().as_default() as graph:
        step = tf.train.get_or_create_global_step()
        writer = summary.create_file_writer("all")
        with writer.as_default(), tf.Session() as session:
            write_everything()
            session.run(tf.global_variables_initializer())
            summary.initialize(graph=graph, session=session)
            for _ in range(3):
                session.run(summary.all_summary_ops())
                session.run(step.assign_add(1))
            session.run(writer.close())
    return {"writers": len(summary_ops(graph)), "events": {"all": events("all")}}


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
