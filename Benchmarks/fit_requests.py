#!/usr/bin/env python3
"""Fits how a message's kind is told from its vector, and judges it on messages that were held back.

usage: fit_requests.py --squire PROGRAM

Writes Sources/Understanding/Resources/requests.json. The vectors are those of the running daemon's embedding model
(`model/embed`). The model is a multinomial logistic regression with a quadratic penalty, which is chosen by cross-validation.
"""
import argparse
import collections
import json
import subprocess
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parent.parent
SPOKEN = {"chat", "tell", "explain", "rewrite", "invent", "code"}
PROBE = "How is a message's kind told?"
PENALTIES = [0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003]
PORTION = 64


def vectors(squire, texts):
    found = []
    for start in range(0, len(texts), PORTION):
        answer = subprocess.run([squire, "rpc", "model/embed", json.dumps({"texts": texts[start:start + PORTION]})],
                                stdout=subprocess.PIPE, check=True, text=True).stdout
        found += json.loads(answer)["embeddings"]
    return np.array(found)


def fit(x, y, count, penalty):
    weights = np.bincount(y, minlength=count).astype(float)
    weights = (1 / np.sqrt(weights))[y]
    weights /= weights.sum()

    def loss(flat):
        w = flat.reshape(count, -1)
        scores = x @ w[:, :-1].T + w[:, -1]
        scores -= scores.max(1, keepdims=True)
        odds = np.exp(scores)
        shares = odds / odds.sum(1, keepdims=True)
        value = -(weights * np.log(shares[np.arange(len(y)), y] + 1e-300)).sum() + penalty * (w[:, :-1] ** 2).sum()
        shares[np.arange(len(y)), y] -= 1
        shares *= weights[:, None]
        slope = np.hstack([shares.T @ x, shares.sum(0)[:, None]])
        slope[:, :-1] += 2 * penalty * w[:, :-1]
        return value, slope.ravel()

    return minimize(loss, np.zeros(count * (x.shape[1] + 1)), jac=True, method="L-BFGS-B",
                    options={"maxiter": 500}).x.reshape(count, -1)


def scores(w, x):
    odds = x @ w[:, :-1].T + w[:, -1]
    odds = np.exp(odds - odds.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--squire", required=True)
    options = parser.parse_args()
    said = [json.loads(line) for line in (ROOT / "Benchmarks/Requests/requests.jsonl").read_text().splitlines()]
    kinds = list(dict.fromkeys(item["kind"] for item in said))
    speaks = np.array([kind in SPOKEN for kind in kinds])
    x = vectors(options.squire, [item["text"] for item in said] + [PROBE])
    probe, x = x[-1], x[:-1]
    y = np.array([kinds.index(item["kind"]) for item in said])
    held = np.array([item.get("held", False) for item in said])
    fitted_on = np.flatnonzero(~held)
    part = np.random.RandomState(1).randint(0, 5, len(fitted_on))

    def crossed(penalty):
        good = 0
        for number in range(5):
            rest, own = fitted_on[part != number], fitted_on[part == number]
            shares = scores(fit(x[rest], y[rest], len(kinds), penalty), x[own])
            good += ((shares[:, speaks].sum(1) >= 0.5) == speaks[y[own]]).sum()
        return good / len(fitted_on)

    figures = {penalty: crossed(penalty) for penalty in PENALTIES}
    for penalty, share in figures.items():
        print(f"penalty {penalty}: {100 * share:.1f} % told rightly whether the model may speak (cross-validated)")
    penalty = max(figures, key=figures.get)
    w = fit(x[fitted_on], y[fitted_on], len(kinds), penalty)
    shares = scores(w, x[held])
    may = shares[:, speaks].sum(1)
    right = (may >= 0.5) == speaks[y[held]]
    print(f"held back: {100 * right.mean():.1f} % of {held.sum()}, kinds {100 * (shares.argmax(1) == y[held]).mean():.1f} %")
    wrong = collections.Counter()
    for item, good, share in zip([item for item in said if item.get("held")], right, may):
        if not good:
            wrong[item["kind"]] += 1
            print(f"  {share:.2f} {item['kind']:9} {item['text']}")
    print(dict(wrong))
    w = fit(x, y, len(kinds), penalty)
    written = {"kinds": kinds, "intercepts": [round(float(v), 3) for v in w[:, -1]],
               "weights": [[round(float(v), 3) for v in row] for row in w[:, :-1]], "probe": PROBE,
               "probeVector": [round(float(v), 4) for v in probe]}
    (ROOT / "Sources/Understanding/Resources/requests.json").write_text(json.dumps(written) + "\n")


if __name__ == "__main__":
    main()
