#!/usr/bin/env python3
"""Writes the members `words.verbs` and `words.qualities` of en.json: words that hardly ever name a thing.

usage: words-from-wordnet.py [WORDNET]   (the folder of WordNet's files; Debian's package wordnet-base has it)

A word is none that names a thing if at most a tenth of its occurrences in the texts that WordNet's senses were counted in
(cntlist.rev) are as a noun. Verbs come with all their forms, adverbs stand beside adjectives. WordNet 3.0 is Princeton
University's; NOTICE has its terms.
"""
import collections
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "Sources/Languages/Resources/en.json"
# Words that were met less often than this are left out.
LEAST = 2
MOST_AS_NOUN = 0.1
PARTS = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}


def forms(verb, irregular):
    """A verb's forms, by the rules of English spelling and the list of exceptions."""
    found = {verb, *irregular}
    stem = verb[:-1]
    if re.search(r"(s|x|z|ch|sh|o)$", verb):
        found.add(verb + "es")
    elif re.search(r"[^aeiou]y$", verb):
        found.add(stem + "ies")
    else:
        found.add(verb + "s")
    if re.search(r"[^e]e$", verb):
        found |= {verb + "d", stem + "ing"}
    elif re.search(r"[^aeiou]y$", verb):
        found |= {stem + "ied", verb + "ing"}
    elif re.search(r"^[^aeiou]*[aeiou][bdgklmnprt]$", verb):
        found |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    else:
        found |= {verb + "ed", verb + "ing"}
    return found


def words(folder):
    counts, senses = collections.defaultdict(collections.Counter), collections.defaultdict(set)
    for line in (folder / "cntlist.rev").read_text().splitlines():
        key, _, count = line.split()
        lemma, rest = key.split("%")
        counts[lemma][PARTS[rest[0]]] += int(count)
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"index.{part}").read_text().splitlines():
            if not line.startswith(" "):
                senses[line.split()[0]].add(part)
    irregular = collections.defaultdict(set)
    for line in (folder / "verb.exc").read_text().splitlines():
        form, verb = line.split()[:2]
        irregular[verb].add(form)

    senses = dict(senses)

    def names(word):
        total = sum(counts[word].values())
        return "noun" in senses.get(word, ()) and (total == 0 or counts[word]["noun"] > MOST_AS_NOUN * total)

    verbs, qualities = set(), set()
    for word, parts in senses.items():
        if not re.fullmatch("[a-z]{2,}", word) or names(word) or sum(counts[word].values()) < LEAST:
            continue
        if max(("verb", "adj", "adv"), key=lambda part: counts[word][part]) == "verb":
            verbs |= {form for form in forms(word, irregular[word]) if form.isalpha() and not names(form)}
        else:
            qualities.add(word)
    return verbs, qualities - verbs


def member(name, found):
    lines = textwrap.wrap(" ".join(sorted(found)), 112)
    return f'    "{name}": [\n' + ",\n".join(f'      "{line}"' for line in lines) + "\n    ]"


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet")
    verbs, qualities = words(folder)
    text = FILE.read_text()
    for name, found in (("verbs", verbs), ("qualities", qualities)):
        text, count = re.subn(r'    "%s": \[\n(?:      "[a-z ]+",?\n)+    \]' % name, lambda _: member(name, found), text)
        if count != 1:
            sys.exit(f"{FILE} has no member {name}")
    FILE.write_text(text)
    print(f"{len(verbs)} verbs' forms, {len(qualities)} qualities")


if __name__ == "__main__":
    main()
