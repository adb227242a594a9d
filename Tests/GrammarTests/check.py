"""Says which texts are instances of their schemas, by PyPI's jsonschema.

Each line of standard input is a question, {"schema": …, "unenforced": ["/place/keyword", …], "texts": [JSON text, …]},
and each line of standard output its answer: for each text {"whole": …, "enforced": …}, each null or why the text is no
instance of the whole schema, and of what is left without the keywords that are not enforced.
"""

import json
import re
import sys

# All of it is read before anything can fail: a broken pipe would end the asker.
QUESTIONS = [json.loads(line) for line in sys.stdin]

from jsonschema import Draft202012Validator, ValidationError, validators

# Squire writes what both ECMA-262 and Python take of a character class. Python itself says that of the negative ones, but
# for what only ECMA-262 calls a space.
SPACE = "\t\n\x0b\x0c\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
TRANSLATED = {
    r"\d": "[0-9]", r"\w": "[A-Za-z0-9_]", r"\s": f"[{SPACE}]", r"\S": "[^\\s\ufeff]", ".": "[^\n\r\u2028\u2029]",
    "$": r"\Z",
}  # fmt: skip


def common(pattern):
    """A pattern that matches what it matches in both dialects."""
    text, in_class = "", False
    for part in re.findall(r"\\.|.", pattern, re.DOTALL):
        in_class = part == "[" or (in_class and part != "]")
        if in_class:
            text += {r"\d": "0-9", r"\w": "A-Za-z0-9_"}.get(part, part)
        else:
            text += TRANSLATED.get(part, part)
    return re.compile(text)


def check_pattern(validator, pattern, instance, schema):
    # What one dialect does not take is no instance to whoever uses it.
    if isinstance(instance, str) and not (re.search(pattern, instance) and common(pattern).search(instance)):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


Validator = validators.extend(Draft202012Validator, {"pattern": check_pattern})


def remove_here(node, keyword):
    # Of one alternative and no other, "one" is enforced.
    if keyword == "oneOf" and keyword in node:
        node.setdefault("allOf", []).append({"anyOf": node[keyword]})
    node.pop(keyword, None)


def remove_below(node, keyword):
    if isinstance(node, dict):
        remove_here(node, keyword)
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        remove_below(child, keyword)


def remove(schema, place):
    """Takes a keyword away at its place: where schemas are put together, that may be a place in any of them."""
    *steps, keyword = (step.replace("~1", "/").replace("~0", "~") for step in place.lstrip("#").split("/")[1:])
    node, is_merged = schema, False
    for step in [*steps, None]:
        is_merged |= isinstance(node, dict) and not {"$ref", "allOf", "anyOf", "oneOf"}.isdisjoint(node)
        try:
            node = node if step is None else node[int(step) if isinstance(node, list) else step]
        except (KeyError, IndexError, TypeError, ValueError):
            is_merged = True
    if is_merged:
        remove_below(schema, keyword)
    else:
        remove_here(node, keyword)


def failures(schema, values):
    validator = Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    errors = (next(validator.iter_errors(value), None) for value in values)
    return [error and error.message[:200] for error in errors]


for question in QUESTIONS:
    schema = question["schema"]
    Validator.check_schema(schema)
    values = [json.loads(text) for text in question["texts"]]
    whole = failures(schema, values)
    for place in question["unenforced"]:
        remove(schema, place)
    enforced = failures(schema, values)
    print(json.dumps([{"whole": a, "enforced": b} for a, b in zip(whole, enforced)]))
