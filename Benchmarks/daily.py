#!/usr/bin/env python3
"""Asks questions of daily life with the almanac alone, as `make run` does, and prints every answer with its steps.

usage: daily.py BIN QUESTIONS [--ids a,b] [--out FILE] [--trace]   BIN: a folder with squired and almanac
       daily.py --table QUESTIONS VERDICTS...

A person judges the answers by reading, and writes a line for each into VERDICTS: {"id", "verdict", "why"}. A verdict is
`right`, `unknown` (says honestly that it does not know), `unhelpful` (nothing false, and no help where help was possible) or
`invented` (states something specific that nobody said or looked up, or answers another question). `--table` counts them by
the kind of the question.
"""
import argparse
import collections
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from clients import ROOT, Connection

VERDICTS = ["right", "unknown", "unhelpful", "invented"]


def read(path):
    return [json.loads(line) for line in Path(path).read_text().splitlines() if line.strip()]


class Daemon:
    """A squired of its own: nothing of the user's is read or changed."""

    def __init__(self, folder):
        self.home = Path(tempfile.mkdtemp(prefix="daily-"))
        (self.home / "config.yaml").write_text(f"plugins:\n  directories: [{ROOT}/manifests]\n")
        (self.home / "config.yaml").chmod(0o600)
        environment = dict(
            os.environ, PATH=f"{folder}:{os.environ['PATH']}", SQUIRE_HOME=str(self.home / "home"),
            SQUIRE_SOCKET=str(self.home / "s.sock"), SQUIRE_CONFIG=str(self.home / "config.yaml"))
        self.process = subprocess.Popen(
            [f"{folder}/squired"], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=open(self.home / "log", "w"))
        for _ in range(600):
            try:
                self.connection = Connection(self.home / "s.sock")
                break
            except OSError:
                if self.process.poll() is not None:
                    sys.exit("squired did not start:\n" + (self.home / "log").read_text())
                time.sleep(0.1)
        self.connection.call("model/tokenize", {"text": "x"})

    def ask(self, message, conversation, trace):
        """The answer; what the daemon asks back is allowed."""
        parameters = {"message": message, "stream": False, "trace": trace}
        if conversation:
            parameters["conversation"] = conversation
        number = self.connection.send("assistant/ask", parameters)
        while True:
            found = self.connection.receive()
            if found.get("method") == "tool/approve":
                reply = {"jsonrpc": "2.0", "id": found["id"], "result": {"decision": "allow"}}
                self.connection.socket.sendall(json.dumps(reply).encode() + b"\n")
            elif found.get("id") == number and "method" not in found:
                return found

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.home, ignore_errors=True)


def step_text(step):
    arguments = ", ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in step.get("arguments", {}).items())
    end = "" if step["status"] == "ok" else f" [{step['status']}: {step.get('error', '')[:120]}]"
    return f"{step['operation']}({arguments}){end}"


def run(folder, questions, out, trace):
    daemon = Daemon(folder)
    try:
        for question in questions:
            conversation, turns = None, []
            for message in question["turns"]:
                start = time.perf_counter()
                reply = daemon.ask(message, conversation, trace)
                turn = {"asked": message, "seconds": round(time.perf_counter() - start, 2)}
                if "error" in reply:
                    turn |= {"text": "ERROR " + reply["error"]["message"], "steps": []}
                else:
                    result = reply["result"]
                    conversation = result["conversation"]
                    said = result["message"]
                    turn |= {"text": said["text"], "steps": [step_text(step) for step in said.get("steps", [])]}
                    if trace:
                        turn["trace"] = said.get("trace", result.get("trace"))
                turns.append(turn)
            print(f"{question['id']} — {question['right']}")
            for turn in turns:
                print(f"  > {turn['asked']}\n    {' '.join(turn['text'].split())}\n    {'; '.join(turn['steps']) or '-'}")
                for entry in (turn.get("trace") or []):
                    shown = ", ".join(f"{one['text']} {one['score']:.2f}" for one in (entry.get("candidates") or [])[:5])
                    print(f"      {entry['stage']}: {entry.get('output')} ({shown})")
            sys.stdout.flush()
            if out:
                out.write(json.dumps({"id": question["id"], "turns": turns}, ensure_ascii=False) + "\n")
    finally:
        daemon.stop()


def table(questions, files):
    kinds = {question["id"]: question["kind"] for question in questions}
    for file in files:
        counts = collections.defaultdict(collections.Counter)
        for line in read(file):
            counts[kinds[line["id"]]][line["verdict"]] += 1
            counts["all"][line["verdict"]] += 1
        print(f"\n{file}\n{'':14}" + "".join(f"{name:>11}" for name in VERDICTS))
        for kind in [*dict.fromkeys(kinds.values()), "all"]:
            print(f"{kind:14}" + "".join(f"{counts[kind][name]:11}" for name in VERDICTS))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--ids")
    parser.add_argument("--out")
    parser.add_argument("--trace", action="store_true")
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    if options.table:
        return table(read(options.paths[0]), options.paths[1:])
    folder, path = options.paths
    questions = [one for one in read(path) if not options.ids or one["id"] in options.ids.split(",")]
    out = open(options.out, "w") if options.out else None
    run(os.path.abspath(folder), questions, out, options.trace)


if __name__ == "__main__":
    main()
