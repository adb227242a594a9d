"""Whether every call that is made validates against its schema, the wrong ones too: by PyPI's jsonschema.

usage: valid_calls.py BASE_URL [--bfcl FILE[:COUNT] ...] [--random COUNT] [--seed N]

Asks the gateway at BASE_URL (`http://127.0.0.1:8080/v1`; OPENAI_API_KEY where it wants a token) with `tool_choice`
required, once a question: of the Berkeley leaderboard's files (the first COUNT cases, from PyPI's bfcl-eval), and of schemas
made at random of the keywords that are hard to hold to. A refusal that names a keyword is no call; anything else is a
failure. Ends with status 1 if a call does not validate or a question fails.
"""

import argparse
import json
import os
import random
import re
import sys
import time
import urllib.error
import urllib.request

from jsonschema import Draft202012Validator

TYPES = {"dict": "object", "float": "number", "tuple": "array", "any": "string"}
QUESTIONS = [
    "Book a table for 4 people at Luigi's on 2026-03-14 at 19:30, and mail the bill to ann@example.org.",
    "What is 12.5 % of 340?",
    "Send 3 red apples, 2 bananas and 7 pears to Oslo, order number AB-1234.",
    "Hello there!",
    "Is https://example.org/a?b=c up, and since when?",
    "Find flights from Paris to New York for two adults and one child, in economy.",
    "List the numbers 1, 1, 2, 3, 5 and 8.",
]
NAMES = ["city", "count", "items", "when", "mode", "details", "code", "amount"]


def converted(schema):
    """A schema of the leaderboard in JSON Schema's words."""
    done = {}
    for key, value in schema.items():
        if key == "type":
            done[key] = TYPES.get(value, value)
        elif key == "properties":
            done[key] = {name: converted(part) for name, part in value.items()}
        elif key == "items":
            done[key] = converted(value)
        elif key in ("enum", "required", "description", "default"):
            done[key] = value
    if done.get("type") == "array":
        done.setdefault("items", {"type": "string"})
    return done


def berkeley(argument):
    path, _, count = argument.partition(":")
    with open(path) as file:
        cases = [json.loads(line) for line in file]
    for case in cases[: int(count) if count else None]:
        tools = {
            re.sub(r"[^A-Za-z0-9_-]", "_", f["name"]): (f["description"], converted(f["parameters"]))
            for f in case["function"]
        }
        yield case["id"], case["question"][0], tools


class Schemas:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, one_in):
        return self.random.randrange(one_in) == 0

    def text(self):
        choice = self.random.randrange(7)
        schema = {"type": "string"}
        if choice == 0:
            schema["pattern"] = self.random.choice(
                [r"^[A-Z]{2}-\d{4}$", r"^[a-z]+$", r"^\d{3,5}$", r"^(red|green|blue)+$", r"x", r"^[^ ]+@[^ ]+$"]
            )
            if self.chance(3):
                schema["minLength"] = self.random.randint(1, 9)
        elif choice == 1:
            schema["format"] = self.random.choice(["date", "time", "date-time", "email", "uri", "uuid", "ipv4"])
        elif choice == 2:
            schema["minLength"] = self.random.randint(0, 30)
            schema["maxLength"] = schema["minLength"] + self.random.randint(0, 5)
        elif choice == 3:
            schema["enum"] = self.random.sample(["economy", "business", "red", "green", "19:30", "Oslo"], 3)
        return schema

    def number(self):
        schema = {"type": self.random.choice(["integer", "number"])}
        if self.chance(2):
            schema[self.random.choice(["minimum", "exclusiveMinimum"])] = self.random.randint(-50, 50)
        if self.chance(3):
            schema[self.random.choice(["maximum", "exclusiveMaximum"])] = self.random.randint(60, 900)
        if self.chance(3):
            schema["multipleOf"] = self.random.choice([2, 5, 7, 0.5, 100])
        return schema

    def array(self, depth):
        schema = {"type": "array", "items": self.value(depth - 1)}
        if self.chance(2):
            schema["minItems"] = self.random.randint(0, 3)
        if self.chance(3):
            schema["maxItems"] = schema.get("minItems", 0) + self.random.randint(0, 3)
        if self.chance(3):
            schema["uniqueItems"] = True
        return schema

    def object(self, depth):
        names = self.random.sample(NAMES, self.random.randint(1, 4))
        schema = {"type": "object", "properties": {name: self.value(depth - 1) for name in names}}
        schema["required"] = self.random.sample(names, self.random.randint(0, len(names)))
        if self.chance(2):
            schema["additionalProperties"] = False
        if self.chance(4) and len(names) > 1:
            schema["dependentRequired"] = {names[0]: [names[1]]}
        if self.chance(8) and len(names) > 1:
            schema["anyOf"] = [{"required": [name]} for name in names]
        return schema

    def value(self, depth):
        choice = self.random.randrange(12 if depth > 0 else 6)
        if choice < 3:
            return self.text()
        if choice < 5:
            return self.number()
        if choice == 5:
            return {"type": "boolean"}
        if choice < 8:
            return self.array(depth)
        if choice < 10:
            return self.object(depth)
        if choice == 10:
            return {"$ref": "#/$defs/shared"}
        parts = [self.value(depth - 1) for _ in range(self.random.randint(1, 3))]
        return {self.random.choice(["anyOf", "oneOf", "anyOf"]): parts} if self.chance(3) else {"allOf": parts[:1]}

    def tool(self):
        schema = self.object(2)
        schema["$defs"] = {"shared": self.value(0)}
        return schema


def at_random(count, seed):
    for number in range(count):
        schemas = Schemas(seed * 100_000 + number)
        name = f"{schemas.random.choice(['book', 'send', 'check', 'find'])}_{number}"
        question = [{"role": "user", "content": schemas.random.choice(QUESTIONS)}]
        yield f"random_{seed}_{number}", question, {name: ("Does what is asked.", schemas.tool())}


def ask(base, messages, tools):
    body = {
        "model": "squire", "messages": messages, "temperature": 0, "max_tokens": 300, "tool_choice": "required",
        "tools": [
            {"type": "function", "function": {"name": name, "description": description, "parameters": schema}}
            for name, (description, schema) in tools.items()
        ],
    }  # fmt: skip
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {os.environ.get('OPENAI_API_KEY', 'none')}"}
    request = urllib.request.Request(base.rstrip("/") + "/chat/completions", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=300) as response:
        return json.load(response)["choices"][0]["message"]["tool_calls"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("--bfcl", action="append", default=[])
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    cases = [case for argument in options.bfcl for case in berkeley(argument)]
    cases += at_random(options.random, options.seed)
    calls = refused = 0
    wrong = []
    start = time.time()
    for name, messages, tools in cases:
        try:
            made = ask(options.base, messages, tools)
        except urllib.error.HTTPError as error:
            cause = json.load(error)["error"]
            if error.code == 400 and cause["code"] == "schemaUnsupported":
                refused += 1
                print(f"refused {name}: {cause['message'][:160]}", file=sys.stderr)
            else:
                wrong.append(name)
                print(f"FAILS {name}: {error.code} {cause['message'][:200]}", file=sys.stderr)
            continue
        if not made:
            wrong.append(name)
        for call in made:
            calls += 1
            schema = tools[call["function"]["name"]][1]
            validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
            problem = next(validator.iter_errors(json.loads(call["function"]["arguments"])), None)
            if problem is not None:
                wrong.append(name)
                print(f"FAILS {name}: {problem.message[:200]} in {call['function']['arguments']}", file=sys.stderr)
    seconds = (time.time() - start) / max(1, len(cases))
    print(f"questions {len(cases)} calls {calls} refused {refused} failures {len(wrong)} mean_s {seconds:.2f}")
    sys.exit(1 if wrong else 0)


main()
