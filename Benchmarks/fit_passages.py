#!/usr/bin/env python3
"""Fits whether a passage answers a question, and judges it on folders of notes that were left out.

usage: fit_passages.py --evidence PROGRAM --model EMBEDDING_MODEL [--judge FOLDER]

Benchmarks/Notes has a folder of notes and the questions for it each. Each unit of what is found for a question competes with
the others and with "nothing answers", whose score is 0 (a conditional logit, as in fit.py). --judge names a folder on which
nothing is fitted. Writes Sources/Agent/Resources/passages.json.
"""
import argparse
import json
import subprocess
from pathlib import Path

import numpy as np

from fit import fit

ROOT = Path(__file__).resolve().parent.parent
PENALTY = 0.002
# Questions that nothing answers are fewer than those that something does.
WEIGHT_OF_NONE = 2.0
# An answer that nobody gave is worse than one that is not found: on the folders that are left out, six of seven questions
# that nothing answers stay below this.
LEAST = 0.4


def plain(text):
    return " ".join(text.lower().split())


def cases_of(folder, options):
    asked = [json.loads(line) for line in (folder / "questions.jsonl").read_text().splitlines() if line.strip()]
    reports = subprocess.run([options.evidence, options.model, str(folder / "files")], stdout=subprocess.PIPE, check=True,
                             text=True, input="".join(json.dumps({"question": q["question"]}) + "\n" for q in asked)
                             ).stdout.splitlines()
    names, cases = None, []
    for question, line in zip(asked, reports, strict=True):
        report = json.loads(line)
        names = report["names"]
        answers = [plain(text) for text in question.get("answers", []) + question.get("answers_all", [])]
        files = question.get("file") or []
        files = [files] if isinstance(files, str) else files
        values = np.array([unit["values"] for unit in report["units"]]).reshape(-1, len(names))
        right = np.array([any(unit["file"].endswith(file) for file in files)
                          and any(answer in plain(unit["text"]) for answer in answers)
                          for unit in report["units"]], bool)
        wants = question["kind"] in ("answered", "contradicted")
        cases.append(({"right": [1] if wants else [], "group": folder.name, **question}, values,
                      right if wants else np.zeros(len(values), bool), [unit["text"] for unit in report["units"]]))
    return names, cases


def weights_of(cases):
    found = np.array([1.0 if case[0]["right"] else WEIGHT_OF_NONE for case in cases])
    return found / found.sum()


def fitted_on(cases, used):
    return fit([case[:3] for case in cases], weights_of(cases), PENALTY, used)


def report(title, cases, weights, intercept, shows=False):
    counts = {}
    for case, values, right, texts in cases:
        score = values @ weights + intercept if len(values) else np.array([-9.0])
        best = int(np.argmax(score))
        answers = len(values) > 0 and np.log(np.exp(score).sum()) >= LEAST
        good = bool(answers and right[best]) if case["right"] else not answers
        count = counts.setdefault(case["kind"], [0, 0, 0])
        count[0] += good
        count[1] += 1
        count[2] += bool(len(right) and right.any())
        if shows and not good:
            print(f"  {score[best]:5.1f} {case['kind'][:10]:10} {case['question'][:60]:60} -> {texts[best][:70] if texts else ''!r}")
    print(f"{title:24}" + "".join(f"  {kind} {good}/{count} (found {found})" for kind, (good, count, found) in sorted(counts.items())))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--evidence", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--judge", type=Path)
    parser.add_argument("--show", action="store_true", help="what is judged wrongly")
    options = parser.parse_args()
    groups = {}
    for folder in sorted((ROOT / "Benchmarks/Notes").iterdir()):
        if (folder / "questions.jsonl").exists():
            names, groups[folder.name] = cases_of(folder, options)
    used = list(range(len(names)))
    for name, own in groups.items():
        rest = [case for other, cases in groups.items() if other != name for case in cases]
        report(f"{name} left out", own, *fitted_on(rest, used), shows=options.show)
    every = [case for cases in groups.values() for case in cases]
    weights, intercept = fitted_on(every, used)
    report("all, fitted on", every, weights, intercept)
    if options.judge:
        report(f"{options.judge.name}, not fitted on", cases_of(options.judge, options)[1], weights, intercept,
               shows=options.show)
    written = {"intercept": round(float(intercept), 4), "least": LEAST,
               "weights": {name: round(float(weight), 4) for name, weight in zip(names, weights)}}
    print(json.dumps(written["weights"]))
    (ROOT / "Sources/Agent/Resources/passages.json").write_text(json.dumps(written, indent=2) + "\n")


if __name__ == "__main__":
    main()
