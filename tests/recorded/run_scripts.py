"""Runs old scripts and notebooks, and writes what each prints.

    python run_scripts.py SCRIPTS_DIR OUTPUT_DIR

Each script runs in a process of its own, so that none finds the variables, modes and clusters of
another; forked, because importing TensorFlow takes longer than most of the scripts.
"""

import json
import os
import runpy
import sys
import traceback


def notebook_code(text):
    """The code cells of a notebook, without magics and shell lines."""
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    lines = [line for cell in cells for line in "".join(cell["source"]).splitlines()]
    return "\n".join(line for line in lines if not line.lstrip().startswith(("%", "!"))) + "\n"


def run(path):
    if path.endswith(".ipynb"):
        with open(path, encoding="utf-8") as notebook:
            code = compile(notebook_code(notebook.read()), path, "exec")
        exec(code, {"__name__": "__main__"})
    else:
        runpy.run_path(path, run_name="__main__")


def run_in_fork(path, output_path):
    """Runs one script with its standard output in a file; its errors come at the end of it."""
    child = os.fork()
    if child == 0:
        output = os.open(output_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(output, sys.stdout.fileno())
        sys.argv = [path]
        try:
            run(path)
        except SystemExit as end:
            if end.code:
                print("exit code", end.code)
        except BaseException:
            traceback.print_exc(file=sys.stdout)
        sys.stdout.flush()
        os._exit(0)  # a server of TensorFlow that still runs would keep sys.exit from ending
    _, status = os.waitpid(child, 0)
    if status:
        with open(output_path, "a") as output:
            output.write(f"ended with status {status}\n")


def main(scripts_dir, output_dir):
    import tensorflow  # before the forks

    if tensorflow.__version__.startswith("1."):
        # TF 1.15 finds an empty package for "import tensorflow.contrib.eager as tfe", which worked
        # up to TF 1.14, and "from tensorflow.contrib.eager import defun" never worked by itself.
        sys.modules["tensorflow.contrib.eager"] = tensorflow.contrib.eager

    for name in sorted(os.listdir(scripts_dir)):
        stem, extension = os.path.splitext(name)
        if extension in (".py", ".ipynb") and stem != "conftest":
            run_in_fork(os.path.join(scripts_dir, name), os.path.join(output_dir, stem + ".txt"))


if __name__ == "__main__":
    main(*sys.argv[1:])
