"""Tables, on the terminal and in docs/benchmarks.md."""
import datetime
import os
import platform
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

HEAD = """# Benchmarks

Written by `make benchmark`, which builds llama.cpp's server from the source package our libllama comes from, runs both
on the default model with the same context, threads and requests, turn and turn about, and prints medians; a ratio is the
median of the runs' ratios. The machine is shared and noisy: compare within a table, not between two. The server is built
as its authors have it; our libllama has two patches ([architecture.md](architecture.md), "ggml's kernels").

What is compared: temperature 0; each request's tokens are fixed (`ignoreEnd`), so that both do the same work; texts that
should be read are made anew for each run. Squired guesses ahead (prompt lookup) as it does by default, the server as its
defaults are. `Benchmarks/` holds the programs, `Benchmarks/soak.py MINUTES` the mixed load.
"""


def machine():
    model = ""
    for path, pattern in (("/proc/cpuinfo", r"model name\s*:\s*(.*)"),):
        if os.path.exists(path):
            found = re.search(pattern, Path(path).read_text())
            model = found.group(1) if found else ""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{os.cpu_count()} cores ({model or platform.processor() or platform.machine()}), {memory:.0f} GiB, "
            f"{platform.system()}; {datetime.date.today()}")


def table(header, rows):
    widths = [max(len(str(row[i])) for row in [header, *rows]) for i in range(len(header))]
    def line(row):
        return "| " + " | ".join(f"{str(cell):<{width}}" for cell, width in zip(row, widths)) + " |"
    return "\n".join([line(header), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(line, rows)])


def write(sections, runs):
    text = HEAD + f"\nMachine: {machine()}; medians of {runs}, of decoding {2 * runs + 1}.\n"
    for title, header, rows in sections:
        text += f"\n## {title}\n\n{table(header, rows)}\n"
    print(text)
    (ROOT / "docs" / "benchmarks.md").write_text(text)
