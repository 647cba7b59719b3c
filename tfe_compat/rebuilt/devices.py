"""The devices and machines that operations run on."""

from __future__ import annotations

import tensorflow as tf

DEVICE_PLACEMENT_EXPLICIT = 0
DEVICE_PLACEMENT_WARN = 1
DEVICE_PLACEMENT_SILENT = 2


def list_devices() -> list[str]:
    """The full names of the devices that operations can run on.

    >>> list_devices()[0]
    '/job:localhost/replica:0/task:0/device:CPU:0'
    """
    this_task = tf.DeviceSpec(job="localhost", replica=0, task=0)
    return [
        this_task.make_merged_spec(tf.DeviceSpec.from_string(device.name)).to_string()
        for device in tf.config.list_logical_devices()
    ]


def num_gpus() -> int:
    """The number of GPUs that operations can run on.

    >>> num_gpus() == sum("GPU" in name for name in list_devices())
    True
    """
    return len(tf.config.list_logical_devices("GPU"))


def set_server_def(server_def: tf.train.ServerDef) -> None:
    """Connects to a cluster, so that operations can run on the devices of its tasks.

        tfe.set_server_def(
            tf.train.ServerDef(cluster=..., job_name="localhost", task_index=0, protocol="grpc")
        )

    Args:
        server_def: A `tf.train.ServerDef`: the cluster, and the job and task of this program in it.

    Raises:
        ValueError: `server_def` is None.
    """
    if not server_def:
        raise ValueError(f"server_def must be a tf.train.ServerDef; got {server_def!r}")
    tf.config.experimental_connect_to_cluster(
        tf.train.ClusterSpec(server_def.cluster),
        job_name=server_def.job_name,
        task_index=server_def.task_index,
        protocol=server_def.protocol,
    )
