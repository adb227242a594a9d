#!/usr/bin/env python3
"""Asks what a folder of mixed files answers, and what it does not, with the default models and the almanac beside it.

usage: mixed.py BIN   (a folder with squire, squired and almanac)

Benchmarks/Mixed has the files, and the questions with what a right answer says; null where nothing in the files answers. An
answer is right if it says that and cites a document: plainly, or as the nearest to a question that nothing clearly answers.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import ROOT

# How an answer says that nothing answers: Sources/Languages/Resources/en.json, `answers`.
UNANSWERED = ["no clear answer", "I don't know", "I found nothing"]


def main(programs):
    home = Path(tempfile.mkdtemp(prefix="sq-mixed-"))
    (home / "none.yaml").touch(mode=0o600)
    environment = os.environ | {"SQUIRE_HOME": str(home), "SQUIRE_SOCKET": str(home / "squire.sock"),
                                "SQUIRE_CONFIG": str(home / "none.yaml")}

    def squire(*arguments):
        # An answer after calls that all failed ends with status 1.
        return subprocess.run([Path(programs) / "squire", *arguments], env=environment, text=True, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout

    counts = dict.fromkeys(["right", "right, as the nearest", "wrong", "said to be unanswered", "not said"], 0)
    try:
        squire("docs", "add", str(ROOT / "Benchmarks/Mixed/files"))
        # What is not embedded yet is found by its words alone.
        time.sleep(5)
        for line in (ROOT / "Benchmarks/Mixed/questions.jsonl").read_text().splitlines():
            case = json.loads(line)
            answer = json.loads(squire("ask", "-n", "--json", case["question"]))
            answer = answer.get("message", answer)
            is_unanswered = any(words in answer["text"] for words in UNANSWERED)
            if case["says"] is None:
                verdict = "said to be unanswered" if is_unanswered else "not said"
            elif case["says"].lower() not in answer["text"].lower() or not answer.get("citations"):
                verdict = "wrong"
            else:
                verdict = "right, as the nearest" if is_unanswered else "right"
            counts[verdict] += 1
            text = answer["text"].replace("\n", " / ")
            print(f"{verdict:22} {case['question']}  ->  {text[:150]}")
        for verdict, count in counts.items():
            print(f"{verdict}: {count}")
    finally:
        subprocess.run([Path(programs) / "squire", "daemon", "stop"], env=environment, check=False,
                       stdout=subprocess.DEVNULL)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
