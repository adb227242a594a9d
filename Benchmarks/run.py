#!/usr/bin/env python3
"""Measures squired, as `make build` left it, on the default model, and prints a table.

usage: run.py [--runs N]

It starts a daemon of its own on a temporary home, speaks to its socket as any client would, and stops it. The machine is
assumed to be noisy: medians are printed, and what is compared is taken in the same run.
"""
import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Connection:
    """One connection to the socket: newline-delimited JSON-RPC 2.0."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))
        self.file = self.socket.makefile("rb")
        self.last = 0

    def call(self, method, params=None):
        """The result, and the seconds to the first `token` event (None without one) and to the result."""
        self.last += 1
        start = time.perf_counter()
        request = {"jsonrpc": "2.0", "id": self.last, "method": method, "params": params or {}}
        self.socket.sendall(json.dumps(request).encode() + b"\n")
        first = None
        while True:
            line = self.file.readline()
            if not line:
                sys.exit(f"squired closed the connection during {method}")
            message = json.loads(line)
            if message.get("params", {}).get("type") == "token" and first is None:
                first = time.perf_counter() - start
            if message.get("id") == self.last and "method" not in message:
                if "error" in message:
                    sys.exit(f"{method}: {message['error']['message']}")
                return message["result"], first, time.perf_counter() - start


def start(home):
    binary = Path(subprocess.check_output(
        ["swift", "build", "-c", "release", "--show-bin-path"], cwd=ROOT, text=True).strip()) / "squired"
    if not binary.exists():
        sys.exit(f"{binary} is missing; run `make build`")
    path = home / "squire.sock"
    began = time.perf_counter()
    process = subprocess.Popen(
        [binary, "--home", home, "--config", home / "none.yaml"], stdin=subprocess.DEVNULL,
        stderr=open(home / "log", "w"))
    while True:
        try:
            connection = Connection(path)
            break
        except OSError:
            if process.poll() is not None or time.perf_counter() - began > 30:
                sys.exit("squired did not start:\n" + (home / "log").read_text())
            time.sleep(0.002)
    connection.call("ping")
    return process, connection, time.perf_counter() - began


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    home = Path(tempfile.mkdtemp(prefix="sq-bench-"))
    rows = []
    process = None
    try:
        process, connection, ready = start(home)
        rows.append(("daemon ready on its socket", f"{ready * 1000:.0f} ms"))
        _, _, loaded = connection.call("model/tokenize", {"text": "x"})
        rows.append(("… and its model loaded", f"{(ready + loaded) * 1000:.0f} ms"))

        _, first_cold, _ = connection.call(
            "assistant/ask", {"message": "Tell me a joke about cats", "sampling": {"seed": 1, "maxTokens": 24}})
        rows.append(("first token of the first question, everything cold", f"{first_cold * 1000:.0f} ms"))
        questions = ["Who wrote Hamlet?", "Write a haiku about autumn", "Explain what a black hole is",
                     "Give me three tips for sleeping better", "How does a bicycle stay upright?", "Recommend a good book",
                     "Why is the sun hot?"]
        firsts = [
            connection.call("assistant/ask", {"message": q, "sampling": {"seed": 1, "maxTokens": 24}})[1]
            for q in (questions * runs)[:runs]
        ]
        rows.append(("first token, warm, no tool (median, worst)",
                     f"{statistics.median(firsts) * 1000:.0f} ms, {max(firsts) * 1000:.0f} ms"))

        cities = ["Tokyo", "Oslo", "Lima", "Cairo", "Rome", "Delhi", "Dakar"]
        tools = [connection.call("assistant/ask", {"message": f"What time is it in {c}?"}) for c in (cities * runs)[:runs]]
        rows.append(("whole answer with one plugin call (median, worst)",
                     f"{statistics.median(t[2] for t in tools) * 1000:.0f} ms, {max(t[2] for t in tools) * 1000:.0f} ms"))
        calls = [t[0]["message"]["steps"][0]["seconds"] for t in tools[1:] if t[0]["message"]["steps"]]
        rows.append(("… of which the plugin (median)", f"{statistics.median(calls) * 1000:.1f} ms"))

        prompt = "The following is a list of facts about the sea. " * 40
        cold = connection.call("model/complete", {"prompt": prompt, "sampling": {"maxTokens": 1}})
        warm = connection.call("model/complete", {"prompt": prompt, "sampling": {"maxTokens": 1}})
        tokens = cold[0]["usage"]["promptTokens"]
        rows.append((f"prompt of {tokens} tokens read again ÷ read first", f"{warm[2] / cold[2]:.3f}"))
        rows.append(("prompt", f"{tokens / cold[2]:.0f} tokens/s"))
        long = connection.call("model/complete", {"prompt": "Once upon a time", "sampling": {"maxTokens": 200, "temperature": 0}})
        rows.append(("decode, one stream", f"{long[0]['usage']['completionTokens'] / long[2]:.0f} tokens/s"))

        pings = [connection.call("ping")[2] for _ in range(5000)]
        rows.append(("ping (p50, p99)", f"{percentile(pings, .5) * 1e6:.0f} µs, {percentile(pings, .99) * 1e6:.0f} µs"))

        status, _, _ = connection.call("status")
        memory = status["memory"]
        rows.append(("resident memory less the model's tensors",
                     f"{(memory['residentBytes'] - memory['modelBytes']) / 2**20:.0f} MiB"))
    finally:
        if process is not None:
            process.terminate()
            process.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)
    width = max(len(name) for name, _ in rows)
    print(f"squired on {os.cpu_count()} cores, {runs} runs")
    for name, value in rows:
        print(f"{name:<{width}}  {value}")


if __name__ == "__main__":
    main()
