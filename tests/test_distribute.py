"""The gradient functions on tf.distribute, in processes of their own, against one process."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from distributed_regression import FUNCTIONS, LEARNING_RATE, ROWS, STEPS, data

PROGRAM = Path(__file__).with_name("distributed_regression.py")
PACKAGE = Path(__file__).parents[1]
TIMEOUT = 120


def cluster_of(**tasks):
    """A free address of this machine for each task."""
    sockets = {job: [socket.socket() for _ in range(count)] for job, count in tasks.items()}
    every = [one for job in sockets.values() for one in job]
    for one in every:
        one.bind(("127.0.0.1", 0))
    cluster = {
        job: [f"127.0.0.1:{one.getsockname()[1]}" for one in ones] for job, ones in sockets.items()
    }
    for one in every:
        one.close()
    return cluster


def start(kind, cluster=None, job=None, index=0):
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE), "CUDA_VISIBLE_DEVICES": "-1"}
    environment.pop("TF_CONFIG", None)
    if cluster:
        task = {"type": job, "index": index}
        environment["TF_CONFIG"] = json.dumps({"cluster": cluster, "task": task})
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), kind],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(kind, **tasks):
    """What the process that decides, of the first task, printed."""
    cluster = cluster_of(**tasks)
    processes = [
        start(kind, cluster, job, index)
        for job, addresses in cluster.items()
        for index in range(len(addresses))
    ] or [start(kind)]
    try:
        output, errors = processes[0].communicate(timeout=TIMEOUT)
        assert processes[0].returncode == 0, errors[-4000:]
        return json.loads(output)
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.communicate()


def parameters_of_one_process():
    x, y = (array.astype(np.float64) for array in data())
    w, b = np.zeros((3, 1)), np.zeros(1)
    for _ in range(STEPS):
        residual = 2 * (x @ w + b - y) / ROWS
        w, b = w - LEARNING_RATE * x.T @ residual, b - LEARNING_RATE * residual.sum()
    return np.concatenate([w.ravel(), b])


@pytest.mark.multiprocess
@pytest.mark.parametrize(
    ("kind", "tasks", "replicas"),
    [
        ("mirrored", {}, 2),
        ("multi_worker", {"worker": 2}, 2),
        ("multi_worker", {"worker": 3}, 3),
        ("parameter_server", {"chief": 1, "ps": 1, "worker": 2}, 1),
    ],
    ids=["mirrored", "two workers", "three workers", "parameter server"],
)
def test_parameters_are_those_of_one_process(kind, tasks, replicas):
    outcome = run(kind, **tasks)
    assert outcome["replicas"] == replicas
    assert list(outcome["results"]) == [function.__name__ for function in FUNCTIONS]
    expected = parameters_of_one_process()
    for parameters in outcome["results"].values():
        np.testing.assert_allclose(np.concatenate(parameters), expected, rtol=0, atol=1e-5)
