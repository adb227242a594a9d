#!/usr/bin/env python3
"""Fits the weights by which a tool is chosen, and judges them on APIs that were left out.

usage: fit.py --evidence PROGRAM --models FOLDER --functions WHEEL [--judge FOLDER] [--keep FILE]

Registered plugins are fitted on Choices/ (documents written for this after the habits of public ones, questions that
people would ask of them, and things that no API is for) and on the almanac, whose operations have examples: a part of
these is left out of the document and asked. Each API is left out in turn. Clients' tools are fitted on the developers' halves
of bfcl-eval's functions, by cross-validation in four parts. --judge names a folder of apis/ and questions.jsonl as
../shared/realapi has them, on which nothing is fitted.

The model is a conditional logit: each tool and "none" (whose score is 0) compete, exp(score) being their odds. It is fitted
by maximum likelihood with a quadratic penalty, groups of questions counting alike.
"""
import argparse
import collections
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import minimize

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
# What each kind of group weighs in all.
SHARES = {"api": 2.0, "several": 1.0, "examples": 1.0, "none": 1.0, "none of several": 0.5}
PENALTY = {"plugins": 0.006, "client": 0.004}
LEAST = {"plugins": -0.6, "client": 0.4}
# A client's tool has no path, no response and no examples, and is embedded for one request.
NOT_OF_CLIENTS = {
    "property", "sentence", "example", "nearest", "nearestLead", "hasExamples", "many", "resultNames",
    "results", "changesUnasked", "tellsCount", "oneNamed", "oneOfListNamed", "tailSaid", "tailUnsaid", "tells",
    "factByChange", "orderByChange", "readsOrder", "pluralOfList", "singularOfList"}
TYPES = {"dict": "object", "float": "number", "tuple": "array", "any": "string"}


# MARK: Cases

def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def plugin_cases(folder):
    """Groups are KIND/API: a question of an API with its own document, beside others, and with examples."""
    chance = random.Random(5)
    documents = {path.stem: path for path in sorted((HERE / "Choices/apis").glob("*.yaml"))}
    questions, none = lines(HERE / "Choices/questions.jsonl"), lines(HERE / "Choices/none.jsonl")
    names = list(documents)
    paths = lambda chosen: [str(documents[name]) for name in chosen]
    cases = []
    for asked in questions:
        others = chance.sample([name for name in names if name != asked["api"]], 5)
        for kind, chosen in (("api", []), ("several", others)):
            cases.append({"group": f"{kind}/{asked['api']}", "question": asked["question"], "right": asked["right"],
                          "documents": paths([asked["api"]] + chosen)})
    for number, said in enumerate(none):
        for name in (names[number % len(names)], names[(5 * number + 3) % len(names)]):
            cases.append({"group": f"none/{name}", "question": said["question"], "right": [], "documents": paths([name])})
        cases.append({"group": "none of several/all", "question": said["question"], "right": [],
                      "documents": paths(chance.sample(names, 6))})
    return cases + exampled_cases(folder, documents, questions, none)


def exampled_cases(folder, documents, questions, none):
    def written(document, name):
        path = Path(folder) / f"{name}.json"
        path.write_text(json.dumps(dict(document, servers=[{"url": "http://localhost"}]), default=str))
        return [str(path)]

    cases = []
    almanac = yaml.safe_load((ROOT / "manifests/almanac/openapi.yaml").read_text())
    for part in range(5):
        document, asked, number = json.loads(json.dumps(almanac, default=str)), [], 0
        for path, item in document["paths"].items():
            for method, operation in item.items():
                kept = []
                for example in operation.get("x-squire-examples", []) if isinstance(operation, dict) else []:
                    number += 1
                    if number % 5 == part:
                        asked.append((example["question"], f"{method.upper()} {path}"))
                    else:
                        kept.append(example)
                if kept:
                    operation["x-squire-examples"] = kept
        place = written(document, f"almanac-{part}")
        cases += [{"group": "api/almanac", "question": question, "right": [right], "documents": place}
                  for question, right in asked]
    whole = written(almanac, "almanac")
    cases += [{"group": "none/almanac", "question": said["question"], "right": [], "documents": whole}
              for said in none[::2]]
    for name, path in documents.items():
        own = [asked for asked in questions if asked["api"] == name]
        document = yaml.safe_load(path.read_text())
        for asked in own[::2]:
            method, place = asked["right"][0].split(" ", 1)
            arguments = {key: value[0] if isinstance(value, list) else value for key, value in asked["args"].items()}
            document["paths"][place][method.lower()].setdefault("x-squire-examples", []).append(
                {"question": asked["question"], "arguments": arguments})
        place = written(document, f"examples-{name}")
        cases += [{"group": f"examples/{name}", "question": asked["question"], "right": asked["right"], "documents": place}
                  for asked in own[1::2]]
    return cases


def judged_cases(folder):
    documents = {path.name: str(next(path.glob("openapi.*"))) for path in sorted((folder / "apis").iterdir())}
    cases = []
    for asked in lines(folder / "questions.jsonl"):
        right = [call["op"] for call in asked["calls"][0]] if asked["calls"] else []
        alone = [asked["api"]] if asked["api"] else documents
        for name in alone:
            cases.append({"group": f"{'judged' if right else 'judged none'}/{name}", "question": asked["question"],
                          "right": right, "documents": [documents[name]]})
        cases.append({"group": f"{'judged, all' if right else 'judged none, all'}/{asked['api']}", "right": right,
                      "question": asked["question"], "documents": list(documents.values())})
    return cases


def schema(written):
    """bfcl's types by JSON Schema's names."""
    made = {}
    for key, value in written.items():
        if key == "type":
            made[key] = TYPES.get(value, value.lower())
        elif key == "properties":
            made[key] = {name: schema(member) for name, member in value.items()}
        elif key == "items":
            made[key] = schema(value)
        elif key in ("enum", "required", "description", "default"):
            made[key] = value
    if made.get("type") == "array" and "items" not in made:
        made["items"] = {"type": "string"}
    return made


def client_cases(wheel):
    halves = {"simple_python": 200, "multiple": 100, "irrelevance": 120, "live_simple": 129, "live_multiple": 200,
              "live_irrelevance": 150, "live_relevance": 9}
    archive, cases = zipfile.ZipFile(wheel), []

    def read(name):
        return [json.loads(line) for line in archive.read(f"bfcl_eval/data/{name}").decode().splitlines() if line]

    for category, count in halves.items():
        answers = {}
        if "relevance" not in category:
            answers = {item["id"]: item["ground_truth"] for item in read(f"possible_answer/BFCL_v4_{category}.json")}
        for item in read(f"BFCL_v4_{category}.json")[:count]:
            message = item["question"][0][-1]
            if message["role"] != "user":
                continue
            name = lambda text: re.sub(r"[^A-Za-z0-9_-]", "_", text)
            tools = []
            for function in item["function"]:
                parameters = schema(function["parameters"])
                tools.append({"name": name(function["name"]), "description": function["description"],
                              "parameters": parameters, "order": list(parameters.get("properties", {}))})
            right = [name(next(iter(call))) for call in answers.get(item["id"], [])]
            if category == "live_relevance":
                right = [tool["name"] for tool in tools]
            cases.append({"group": f"client/{category}", "question": message["content"], "right": right, "tools": tools})
    return cases


def evidence(cases, options):
    """The names of the figures, and for each case its tools' figures and which of them are right."""
    models = [next(Path(options.models).glob(f"*/{name}*.gguf")) for name in ("all-MiniLM", "SmolLM2")]

    def run(part):
        asked = "".join(json.dumps({key: case[key] for key in ("question", "documents", "tools") if key in case}) + "\n"
                        for case in part)
        return subprocess.run([options.evidence, *map(str, models)], input=asked, stdout=subprocess.PIPE, text=True,
                              check=True).stdout.splitlines()

    parts = os.cpu_count() or 1
    reports = [None] * len(cases)
    with ThreadPoolExecutor(parts) as pool:
        for part, lines in enumerate(pool.map(run, [cases[part::parts] for part in range(parts)])):
            reports[part::parts] = map(json.loads, lines)
    names, found = None, []
    for case, report in zip(cases, reports, strict=True):
        names = report["names"]
        values = np.array([tool["values"] for tool in report["tools"]]).reshape(-1, len(names))
        right = np.array(
            [tool["name"] in case["right"] or f"{tool['method']} {tool['path']}" in case["right"]
             for tool in report["tools"]], bool)
        found.append((case, values, right))
    return names, found


# MARK: The fit

def fit(cases, weights, penalty, used):
    """The weights (0 for what is not used) and the intercept."""
    values = np.vstack([case[1] for case in cases])[:, used]
    mean, spread = values.mean(0), values.std(0) + 1e-6
    of = np.concatenate([[number] * len(case[1]) for number, case in enumerate(cases)]).astype(int)
    scaled = np.hstack([(values - mean) / spread, np.ones((len(values), 1))])
    right = np.concatenate([case[2] for case in cases])
    wants = np.array([bool(case[0]["right"]) for case in cases])
    # What is not among those that are looked at cannot be chosen.
    weights = weights * np.array([not case[0]["right"] or case[2].any() for case in cases])
    weights /= weights.sum()
    count = len(cases)

    def loss(parameters):
        score = scaled @ parameters
        most = np.zeros(count)
        np.maximum.at(most, of, score)
        odds = np.exp(score - most[of])
        total = np.exp(-most) + np.bincount(of, odds, count)
        good = np.maximum(np.where(wants, np.bincount(of, odds * right, count), np.exp(-most)), 1e-300)
        value = (weights * (np.log(total) - np.log(good))).sum() + penalty * (parameters[:-1] ** 2).sum()
        slope = scaled.T @ ((odds / total[of] - np.where(wants[of], odds * right / good[of], 0)) * weights[of])
        slope[:-1] += 2 * penalty * parameters[:-1]
        return value, slope

    found = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 800}).x
    fitted = np.zeros(cases[0][1].shape[1])
    fitted[used] = found[:-1] / spread
    return fitted, found[-1] - (found[:-1] / spread * mean).sum()


def plugin_weights(cases):
    kinds = collections.Counter(kind(group) for group in {case[0]["group"] for case in cases})
    sizes = collections.Counter(case[0]["group"] for case in cases)
    return np.array([SHARES[kind(case[0]["group"])] / kinds[kind(case[0]["group"])] / sizes[case[0]["group"]]
                     for case in cases])


def client_weights(cases):
    sizes = collections.Counter(case[0]["group"] for case in cases)
    return np.array([(2 if "irrelevance" in case[0]["group"] else 1) / sizes[case[0]["group"]] for case in cases])


def stem(path):
    return Path(path).stem


def kind(group):
    return group.split("/")[0]


def api(group):
    return group.split("/")[1]


# MARK: What it gives

def interval(good, count):
    """Wilson's, of 95 %."""
    if not count:
        return 0, 0
    share, z = good / count, 1.96
    middle, half = share + z * z / 2 / count, z * math.sqrt(share * (1 - share) / count + z * z / 4 / count / count)
    return (middle - half) / (1 + z * z / count), (middle + half) / (1 + z * z / count)


def report(title, judged, least, name=kind):
    print(f"\n{title}\n{'group':28} cases  first  of three  decided rightly")
    groups = collections.defaultdict(list)
    for case, score, right in judged:
        best = int(np.argmax(score)) if len(score) else None
        called = best is not None and score[best] >= least
        first = bool(case["right"]) and best is not None and bool(right[best])
        three = bool(case["right"]) and bool(right[np.argsort(-score)[:3]].any())
        groups[name(case["group"])].append((first, three, first and called if case["right"] else not called))
    for group, found in sorted(groups.items()):
        good = sum(item[2] for item in found)
        low, high = interval(good, len(found))
        shares = "            " if "none" in group or "irrelevance" in group else \
            f"{100 * np.mean([item[0] for item in found]):4.0f} % {100 * np.mean([item[1] for item in found]):6.0f} %"
        print(f"{group:28} {len(found):5} {shares:>16}     {100 * good / len(found):4.0f} % ({100 * low:.0f} to {100 * high:.0f})")


def record(names, fitted, intercept, least):
    return {"intercept": round(float(intercept), 4), "least": least,
            "weights": {name: round(float(weight), 4) for name, weight in zip(names, fitted) if abs(weight) > 1e-9}}


def main():
    parser = argparse.ArgumentParser()
    for name in ("evidence", "models", "functions"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--judge", type=Path, help="a folder of real APIs, on which nothing is fitted")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plugins, clients = plugin_cases(folder), client_cases(options.functions)
        judged = judged_cases(options.judge) if options.judge else []
        names, found = evidence(plugins + clients + judged, options)
    everything = list(range(len(names)))
    cases = found[:len(plugins)]
    left = []
    for name in sorted({api(case[0]["group"]) for case in cases if kind(case[0]["group"]) == "api"}):
        rest = [case for case in cases if api(case[0]["group"]) != name and name not in map(stem, case[0]["documents"])]
        fitted, intercept = fit(rest, plugin_weights(rest), PENALTY["plugins"], everything)
        left += [(case, values @ fitted + intercept, right) for case, values, right in cases if api(case["group"]) == name]
    fitted, intercept = fit(cases, plugin_weights(cases), PENALTY["plugins"], everything)
    left += [(case, values @ fitted + intercept, right) for case, values, right in cases if api(case["group"]) == "all"]
    report("Plugins, each API left out in turn (none of several: fitted on)", left, LEAST["plugins"])
    if judged:
        report("Real APIs, on which nothing is fitted",
               [(case, values @ fitted + intercept, right) for case, values, right in found[len(plugins) + len(clients):]],
               LEAST["plugins"])
    weights = {"plugins": record(names, fitted, intercept, LEAST["plugins"])}

    cases = found[len(plugins):len(plugins) + len(clients)]
    used = [place for place, name in enumerate(names) if name not in NOT_OF_CLIENTS]
    part = np.random.RandomState(0).randint(0, 4, len(cases))
    crossed = []
    for number in range(4):
        rest = [case for case, own in zip(cases, part) if own != number]
        fitted, intercept = fit(rest, client_weights(rest), PENALTY["client"], used)
        crossed += [(case, values @ fitted + intercept, right)
                    for (case, values, right), own in zip(cases, part) if own == number]
    report("Clients' tools, cross-validated", crossed, LEAST["client"], name=lambda group: group)
    fitted, intercept = fit(cases, client_weights(cases), PENALTY["client"], used)
    weights["client"] = record(names, fitted, intercept, LEAST["client"])
    (ROOT / "Sources/Guided/Resources/weights.json").write_text(json.dumps(weights, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
