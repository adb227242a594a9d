"""What the masks of a grammar cost, on the function documents of PyPI's bfcl-eval and their right answers."""
import json
import statistics
import subprocess
import tempfile
import zipfile
from pathlib import Path

from clients import ROOT, LlamaServer

FILES = ("BFCL_v4_simple_python.json", "BFCL_v4_live_simple.json")
TYPES = {"dict": "object", "float": "number", "tuple": "array", "any": "string", "list": "array"}


def schema(node):
    """A function document's own words as JSON Schema's."""
    if not isinstance(node, dict):
        return node
    kept = {}
    for key, value in node.items():
        if key == "type":
            kept[key] = TYPES.get(str(value).lower(), str(value).lower())
        elif key == "properties":
            kept[key] = {name: schema(member) for name, member in value.items()}
        elif key == "items":
            kept[key] = schema(value)
        elif key in ("enum", "required"):
            kept[key] = value
    return kept


def questions(wheel, limit):
    with zipfile.ZipFile(wheel) as archive:
        for name in FILES:
            lines = archive.read(f"bfcl_eval/data/{name}").decode().splitlines()
            answers = archive.read(f"bfcl_eval/data/possible_answer/{name}").decode().splitlines()
            for line, answer in list(zip(lines, answers))[:limit]:
                document = schema(json.loads(line)["function"][0]["parameters"])
                values = next(iter(json.loads(answer)["ground_truth"][0].values()))
                # An optional argument that may be left out is.
                names = [member for member in document.get("properties", {})
                         if values.get(member) and "" not in values[member]]
                # A grammar writes what is required first.
                names.sort(key=lambda member: member not in document.get("required", []))
                yield document, json.dumps({member: values[member][0] for member in names}, ensure_ascii=False)


def measure(binary, model, wheel, limit=150):
    """Rows: what, Squire's, libllama's, ours ÷ theirs, what is asked."""
    folder = Path(tempfile.mkdtemp(prefix="sq-masks-"))
    server = LlamaServer(binary, model, folder)
    lines = []
    for document, text in questions(wheel, limit):
        # The server says which grammar it made of the schema.
        status, data = server.request("POST", "/completion", {"prompt": "x", "n_predict": 1, "json_schema": document})
        grammar = json.loads(data).get("generation_settings", {}).get("grammar") if status == 200 else None
        if isinstance(grammar, dict):
            grammar = grammar.get("grammar") or grammar.get("value")
        if grammar:
            lines.append(json.dumps({"schema": document, "gbnf": grammar, "text": text}))
    server.stop()
    binary = subprocess.check_output(
        ["swift", "build", "-c", "release", "--show-bin-path"], cwd=ROOT, text=True).strip() + "/mask-benchmark"
    output = subprocess.run(
        [binary, model], input="\n".join(lines) + "\n", text=True, stdout=subprocess.PIPE, check=True)
    answers = [json.loads(line) for line in output.stdout.splitlines()]
    both = [answer for answer in answers if answer.get("libllama") is not None]
    tokens = sum(answer["tokens"] for answer in both)
    mine = sum(answer["masks"] for answer in both) / tokens
    theirs = sum(answer["libllama"] for answer in both) / tokens
    compile_time = statistics.median(answer["compile"] for answer in answers)
    return [
        (f"mask, mean of {tokens} tokens of {len(both)} schemas, first visits included", f"{mine * 1e6:.0f} µs",
         f"{theirs * 1e6:.0f} µs", f"{mine / theirs:.4f}", "≤ 100 µs"),
        ("a schema made into a grammar, median", f"{compile_time * 1e6:.0f} µs", "", "", ""),
        ("right answers that it takes (documents contradict some)", f"{len(answers)} of {len(lines)}", f"{len(both)} of {len(answers)}", "", ""),
    ]
