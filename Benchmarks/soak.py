#!/usr/bin/env python3
"""Mixed load on a daemon of its own: prompts of all lengths, schemas, cancellations, disconnects. Checks that every
request is answered or told why not, that memory stays flat and that no place is lost.

usage: soak.py [--hostile [--seed N]] [MINUTES]

With --hostile there are strangers among the clients, and the daemon is killed at random moments (hostile.py).
"""
import argparse
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

import hostile
from clients import Squired
from comparison import OPENINGS, SCHEMAS, words

# Growth beyond what the first third of the run has reached.
MOST_GROWTH = 48 * 2**20
# Seconds: longer than all clients' longest prompts take together where others use most of the machine.
PATIENCE = 1800


def client(server, seed, end, counts, waits, lock):
    chance = random.Random(seed)

    def count(what):
        with lock:
            counts[what] = counts.get(what, 0) + 1

    connection = server.connect(PATIENCE)
    while time.perf_counter() < end:
        params = {"sampling": {"temperature": chance.choice([0, 0.8]), "maxTokens": chance.randint(1, 48)},
                  "stream": chance.random() < 0.5}
        kind = chance.random()
        if kind < 0.3:
            params["schema"] = chance.choice(SCHEMAS)
        params["prompt"] = (
            chance.choice(OPENINGS) if kind < 0.7 else words(chance.randint(50, 1500), chance.randrange(10**6)))
        asked = time.perf_counter()
        number = connection.send("model/complete", params)
        fate = chance.random()
        if fate < 0.1:
            connection.close()
            connection = server.connect(PATIENCE)
            count("disconnected")
            continue
        if fate < 0.3:
            time.sleep(chance.random() / 2)
            connection.socket.sendall(
                b'{"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": %d}}\n' % number)
        while True:
            message = connection.receive()
            if message.get("id") == number and "method" not in message:
                if "result" in message:
                    count("answered")
                    with lock:
                        waits.append(time.perf_counter() - asked)
                elif message["error"]["code"] == -32800:
                    count("cancelled")
                else:
                    count("refused: " + message["error"].get("data", {}).get("kind", "?"))
                break
    connection.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("minutes", nargs="?", type=float, default=2)
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    if options.hostile:
        return hostile.soak(options.minutes, options.seed)
    minutes = options.minutes
    folder = Path(tempfile.mkdtemp(prefix="sq-soak-"))
    if minutes < 15:
        # The default fills for minutes, which would look like what is lost.
        os.environ["SQUIRE_MODEL_PARKED_MEGABYTES"] = "64"
    server = Squired(folder)
    counts, waits, lock, memory = {}, [], threading.Lock(), []
    try:
        start = time.perf_counter()
        end = start + minutes * 60
        failures = []

        def run(seed):
            try:
                client(server, seed, end, counts, waits, lock)
            except (Exception, SystemExit) as error:
                failures.append(f"client {seed}: {error!r}")

        threads = [threading.Thread(target=run, args=(seed,)) for seed in range(12)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            memory.append((time.perf_counter() - start, server.connection.call("status")[0]["memory"]["residentBytes"]))
            if len(memory) % 60 == 0:
                print(f"{memory[-1][0] / 60:4.0f} min {memory[-1][1] / 2**20:5.0f} MiB {counts}", flush=True)
            time.sleep(1)
        for thread in threads:
            thread.join()
        deadline = time.perf_counter() + 10
        while (queue := server.connection.call("status")[0]["queue"]) and queue["running"] + queue["waiting"] > 0:
            if time.perf_counter() > deadline:
                sys.exit(f"places are lost: {queue}")
            time.sleep(0.1)
        settled = max(bytes for at, bytes in memory if at <= max(10, minutes * 20))
        growth = max(bytes for _, bytes in memory) - settled
        waits.sort()
        print(f"answers after {waits[len(waits) // 2]:.0f} s in the middle, {waits[-1]:.0f} s at most")
        print(f"{minutes} minutes, {counts}; memory {settled / 2**20:.0f} MiB, then {growth / 2**20:+.0f} MiB")
        if failures:
            sys.exit("\n".join(failures))
        if growth > MOST_GROWTH:
            sys.exit("memory grows")
        if any(what.startswith("refused") and "queueFull" not in what for what in counts):
            sys.exit("requests were refused that should not have been")
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
