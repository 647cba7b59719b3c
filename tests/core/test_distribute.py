"""The gradient functions on tf.distribute, in processes of their own, against one process."""

import json
import os
import runpy
from pathlib import Path

import forked_tensorflow
import numpy as np
import pytest

PACKAGE = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("distributed_regression.py")
REGRESSION = runpy.run_path(str(PROGRAM))
FREE_ADDRESSES = runpy.run_path(str(PACKAGE / "examples" / "data_parallel.py"))["free_addresses"]
TIMEOUT = 120


def start(kind, cluster=None, job=None, index=0):
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE), "CUDA_VISIBLE_DEVICES": "-1"}
    environment.pop("TF_CONFIG", None)
    if cluster:
        task = {"type": job, "index": index}
        environment["TF_CONFIG"] = json.dumps({"cluster": cluster, "task": task})
    return forked_tensorflow.start(str(PROGRAM), kind, env=environment)


def run(kind, **tasks):
    """What the process that decides, of the first task, printed."""
    addresses = iter(FREE_ADDRESSES(sum(tasks.values())))
    cluster = {job: [next(addresses) for _ in range(count)] for job, count in tasks.items()}
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
    x, y = (array.astype(np.float64) for array in REGRESSION["data"]())
    w, b, rate = np.zeros((3, 1)), np.zeros(1), REGRESSION["LEARNING_RATE"]
    for _ in range(REGRESSION["STEPS"]):
        residual = 2 * (x @ w + b - y) / len(x)
        w, b = w - rate * x.T @ residual, b - rate * residual.sum()
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
    assert len(outcome["results"]) == 5
    expected = parameters_of_one_process()
    for parameters in outcome["results"].values():
        np.testing.assert_allclose(np.concatenate(parameters), expected, rtol=0, atol=1e-5)
