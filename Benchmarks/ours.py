"""What only squired does: starting, answering with a plugin, memory."""
import shutil
import statistics
import tempfile
from pathlib import Path

from clients import Squired


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def measure(runs):
    """Rows of the table: name, value, budget."""
    folder = Path(tempfile.mkdtemp(prefix="sq-bench-"))
    rows = []
    starts = []
    # The first one reads the programs from the disk.
    for _ in range(runs + 1):
        server = Squired(folder)
        starts.append((server.ready, server.loaded))
        server.stop()
    ready, loaded = map(statistics.median, zip(*starts[1:]))
    rows.append(("daemon ready on its socket (median)", f"{ready * 1000:.0f} ms", "≤ 150 ms"))
    rows.append(("… and its model loaded", f"{loaded * 1000:.0f} ms", ""))
    server = Squired(folder)
    call = server.connection.call
    try:
        questions = ["Who wrote Hamlet?", "Write a haiku about autumn", "Explain what a black hole is",
                     "Give me three tips for sleeping better", "How does a bicycle stay upright?",
                     "Recommend a good book", "Why is the sun hot?"]
        _, cold, _ = call("assistant/ask", {"message": "Tell me a joke", "sampling": {"seed": 1, "maxTokens": 24}})
        rows.append(("first token of the first question", f"{cold[0] * 1000:.0f} ms", ""))
        firsts = [call("assistant/ask", {"message": q, "sampling": {"seed": 1, "maxTokens": 24}})[1][0]
                  for q in (questions * runs)[:runs]]
        rows.append(("first token, warm, no tool (median)", f"{statistics.median(firsts) * 1000:.0f} ms", ""))
        cities = ["Tokyo", "Oslo", "Lima", "Cairo", "Rome", "Delhi", "Dakar"]
        tools = [call("assistant/ask", {"message": f"What time is it in {c}?"}) for c in (cities * runs)[:runs]]
        rows.append(("answer with one plugin call (median)",
                     f"{statistics.median(t[2] for t in tools) * 1000:.0f} ms", ""))
        pings = [call("ping")[2] for _ in range(5000)]
        rows.append(("ping, p50 / p99, from Python",
                     f"{percentile(pings, .5) * 1e6:.0f} / {percentile(pings, .99) * 1e6:.0f} µs", "≤ 60 / 250 µs"))
        memory = call("status")[0]["memory"]
        rows.append(("resident memory less the model's tensors",
                     f"{(memory['residentBytes'] - memory['modelBytes']) / 2**20:.0f} MiB", ""))
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return rows
