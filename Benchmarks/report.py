"""Tables, on the terminal and in docs/benchmarks.md."""
import datetime
import os
import platform
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

HEAD = """# Benchmarks

`make benchmark` writes this page. It builds llama.cpp's server from the source package that our libllama comes from, runs
both servers in turn on the default model, with the same context, threads and requests, and prints medians. A ratio is the
median of the runs' ratios. The machine is shared and noisy: compare within a table, not between two. The server is built
as its authors have it; our libllama has four patches ([inference.md](inference.md#ggmls-kernels)).

Conditions: temperature 0; the number of tokens of each request is fixed (`ignoreEnd`), so that both do the same work; texts
that have to be read are new in each run. Squired drafts tokens (prompt lookup) as it does by default, and the server runs
with its defaults. `Benchmarks/` has the programs, and `Benchmarks/soak.py MINUTES` is the mixed load.
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
