"""Runs Python programs in processes of their own that have imported TensorFlow already.

Importing TensorFlow takes three seconds, more than most of the programs that the tests run so. This
file, run as a script, is a server that imports it once and forks for each program. That is safe as
long as TensorFlow has run no operation: its first one starts its threads. (OpenBLAS, which NumPy
loads, has threads before, but brings them through a fork itself.)

A program finds what it finds after `python`: its arguments, environment, folder and paths, and
nothing imported but TensorFlow. What has to see the import itself, or an environment that the
import reads, such as TF_ENABLE_ONEDNN_OPTS, needs `subprocess`.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import types

# On macOS, system libraries that TensorFlow loads do not survive a fork.
FORKS = sys.platform == "linux"
_FOLDER = "TFE_COMPAT_TESTS_SERVERS"  # in the environment: where the servers listen


def run(*arguments, timeout=300, **settings):
    """`python *arguments`, as `subprocess.run` does it; its output is text."""
    process = start(*arguments, **settings)
    try:
        output, errors = process.communicate(timeout=timeout)
    finally:
        process.kill()
    return subprocess.CompletedProcess(arguments, process.returncode, output, errors)


def start(*arguments, env=None, cwd=None):
    """`python *arguments`, as what the tests use of a `subprocess.Popen`, and `printed`."""
    env = dict(os.environ if env is None else env)
    if FORKS:
        env["TMPDIR"] = os.environ[_FOLDER]  # what it leaves there goes when the tests end
        return Forked(arguments, env, cwd or os.getcwd())
    return Started([sys.executable, *arguments], env=env, cwd=cwd)


class WithOutputs:
    """A process whose output goes to files, of which one can read while it runs."""

    def __init__(self):
        self._outputs = [tempfile.TemporaryFile("w+") for _ in range(2)]  # noqa: SIM115
        self._texts = None

    def printed(self):
        """What it has printed so far; of that the first megabyte."""
        return os.pread(self._outputs[0].fileno(), 1 << 20, 0).decode()

    def communicate(self, timeout=None):
        self.wait(timeout)
        if self._texts is None:
            self._texts = []
            for file in self._outputs:
                with file:
                    file.seek(0)
                    self._texts.append(file.read())
        return tuple(self._texts)


class Started(WithOutputs, subprocess.Popen):
    """A process of its own."""

    def __init__(self, command, **settings):
        WithOutputs.__init__(self)
        stdout, stderr = self._outputs
        subprocess.Popen.__init__(self, command, stdout=stdout, stderr=stderr, **settings)


class Forked(WithOutputs):
    """A process of the server."""

    def __init__(self, arguments, env, cwd):
        super().__init__()
        self.args, self.returncode = arguments, None
        legacy_keras = env.get("TF_USE_LEGACY_KERAS") in ("1", "true", "True")
        request = {"arguments": arguments, "env": env, "cwd": str(cwd)}
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.connect(_address(os.environ[_FOLDER], legacy_keras))
        socket.send_fds(self._connection, [b"."], [file.fileno() for file in self._outputs])
        self._connection.sendall(json.dumps(request).encode())
        self._connection.shutdown(socket.SHUT_WR)
        self._answers = self._connection.makefile()
        pid = self._answers.readline()
        if not pid:
            raise RuntimeError("the server of the tests has ended; see what it printed")
        self.pid = int(pid)

    def poll(self):
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is None:
            if not select.select([self._connection], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout)
            self.returncode = int(self._answers.readline())
            self._connection.close()
        return self.returncode

    def send_signal(self, number):
        if self.poll() is None:  # else its number may be that of another process
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)


def start_servers():
    """Starts what the tests of this process and of those that it starts connect to.

    There are two servers: TensorFlow chooses its Keras when it is imported.
    """
    folder = os.environ[_FOLDER] = tempfile.mkdtemp(dir="/tmp")  # an address has 107 bytes at most
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for legacy_keras in (False, True):
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(_address(folder, legacy_keras))
            listener.listen()
            server = subprocess.Popen(
                [sys.executable, __file__, str(listener.fileno())],
                env={**os.environ, "TF_USE_LEGACY_KERAS": str(int(legacy_keras))},
                stdin=subprocess.PIPE,  # its end tells the server that the tests have ended
                pass_fds=[listener.fileno()],
                start_new_session=True,  # Ctrl-C is for the tests, which kill what runs
            )
        atexit.register(server.communicate)


def _address(folder, legacy_keras):
    return os.path.join(folder, "legacy_keras" if legacy_keras else "keras")


# What the server does.


def serve(listener):
    """Returns in a process of its own for each request, with what to run; at the end with None."""
    with socket.socket(fileno=listener) as listener:
        while True:
            ready, _, _ = select.select([listener, sys.stdin], [], [])
            if sys.stdin in ready:
                return None
            connection, _ = listener.accept()
            with connection:
                import tensorflow  # noqa: F401  # only where a test asks for it

                gc.freeze()  # else each collection in a program walks through TensorFlow, in 0.2 s
                if not os.fork():
                    listener.close()
                    return watch(connection)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG) != (0, 0):  # of what has ended
                    pass


def watch(connection):
    """Forks the process of the program, and tells its number and how it ended."""
    _, files, _, _ = socket.recv_fds(connection, 1, 2)
    with connection.makefile() as text:
        request = json.load(text)
    process = os.fork()
    if process:
        connection.sendall(f"{process}\n".encode())
        _, status = os.waitpid(process, 0)
        connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    for file, standard in zip((os.open(os.devnull, os.O_RDONLY), *files), range(3)):
        os.dup2(file, standard)
        os.close(file)
    return request


def become(arguments, env, cwd):
    """Runs `python *arguments`, which may have -m, -c or the path of a script."""
    import numpy as np

    np.random.seed()  # as Python does with `random` after a fork
    of_server = _paths(os.environ)
    os.environ.clear()
    os.environ.update(env)
    tempfile.tempdir = None  # which the environment tells
    os.chdir(cwd)
    kind, *rest = arguments
    is_script = kind not in ("-c", "-m")
    paths = [os.path.dirname(os.path.abspath(kind)) if is_script else ""]
    sys.path[:] = paths + _paths(env) + [path for path in sys.path[1:] if path not in of_server]
    sys.argv = [kind, *rest]
    if kind == "-m":
        sys.argv = rest
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    elif is_script:
        runpy.run_path(kind, run_name="__main__")
    else:
        sys.argv = ["-c", *rest[1:]]
        main = sys.modules["__main__"] = types.ModuleType("__main__")
        exec(compile(rest[0], "<string>", "exec"), main.__dict__)


def _paths(env):
    """What PYTHONPATH adds to sys.path."""
    return [os.path.abspath(path) for path in env.get("PYTHONPATH", "").split(os.pathsep) if path]


def become_and_leave(request):
    """Runs a program and ends without clearing all that TensorFlow has loaded, in 0.2 s."""
    exit_code = 1  # that of an exception

    def leave():  # the last of what the program registers, because it is registered first
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(exit_code)

    atexit.register(leave)
    try:
        become(**request)
        exit_code = 0
    except SystemExit:  # for whose codes Python has rules
        atexit.unregister(leave)
        raise


if __name__ == "__main__":
    request = serve(int(sys.argv[1]))
    if request:
        become_and_leave(request)
