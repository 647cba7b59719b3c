"""Records what TF 1.15.5 does, under Python 3.7:

    PYTHONPATH=.:tests python -m recorded.record [SUBJECT ...]

What the calls in `calls/SUBJECT.py` give goes into `calls/SUBJECT.json`, and the checkpoints that
they write into `checkpoints/SUBJECT/`. What the old scripts in `scripts/` print, the subject
"scripts", goes into `scripts/printed/`. A file whose content is the same as before is left alone.

    PYTHONPATH=.:tests python -m recorded.record --print SUBJECT

prints what the calls of a subject give here, on any TensorFlow, as JSON. Each subject runs in a
process of its own, so that none finds what another has set.
"""

import importlib
import json
import os
import shutil
import subprocess
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
SUBJECTS = ["behavior", "both_modes", "checkpointable", "metrics", "namespace", "network"]
SUBJECTS += ["random_numbers", "stores", "summary", "training"]
WITH_CHECKPOINTS = ["checkpointable", "metrics", "network", "stores"]


def recorded(subject):
    """What the calls of a subject gave under TF 1.15.5."""
    with open(os.path.join(FOLDER, "calls", subject + ".json")) as file:
        return json.load(file)


def checkpoint(subject, name):
    """The path of a checkpoint that TF 1.15.5 wrote."""
    return os.path.join(FOLDER, "checkpoints", subject, name)


def _calls(subject):
    return importlib.import_module("recorded.calls." + subject)


def _in_new_process(*arguments):
    command = [sys.executable, "-m", "recorded.record", *arguments]
    return subprocess.check_output(command)


def _record_calls(subject):
    outcomes = json.loads(_in_new_process("--print", subject).decode())
    path = os.path.join(FOLDER, "calls", subject + ".json")
    if not os.path.exists(path) or recorded(subject) != outcomes:
        with open(path, "w") as file:
            json.dump(outcomes, file, indent=1)
            file.write("\n")


def _record_checkpoints(subject):
    folder = os.path.join(FOLDER, "checkpoints", subject)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    _in_new_process("--write-checkpoints", subject)
    state = os.path.join(folder, "checkpoint")  # which checkpoint is the latest
    if os.path.exists(state):
        os.remove(state)


def _record_scripts():
    scripts = os.path.join(FOLDER, "scripts")
    program = os.path.join(FOLDER, "run_scripts.py")
    subprocess.check_call([sys.executable, program, scripts, os.path.join(scripts, "printed")])


def main(arguments):
    if arguments[:1] == ["--print"]:
        json.dump(_calls(arguments[1]).outcomes(), sys.stdout)
        print()
    elif arguments[:1] == ["--write-checkpoints"]:
        folder = os.path.join(FOLDER, "checkpoints", arguments[1])
        _calls(arguments[1]).write_checkpoints(folder)
    else:
        wanted = arguments or [*SUBJECTS, "scripts"]
        for subject in wanted:
            print("recording", subject, flush=True)
            if subject in WITH_CHECKPOINTS:  # which the calls restore
                _record_checkpoints(subject)
            if subject in SUBJECTS:
                _record_calls(subject)
            if subject == "scripts":
                _record_scripts()


if __name__ == "__main__":
    main(sys.argv[1:])
