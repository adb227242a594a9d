#!/usr/bin/env python3
"""Writes the man pages of a program from what it says of its own commands, so that they never differ from --help.

usage: man-pages.py FOLDER PROGRAM...

Each PROGRAM is run with --experimental-dump-help (swift-argument-parser); a program with commands gets a page of its own
and one for each command: squire.1, squire-ask.1.
"""

import json
import pathlib
import subprocess
import sys

SEE_ALSO = {
    "squire": ".BR squired (1)",
    "squired": ".BR squire (1)",
    "almanac": ".BR squire (1), .BR squired (1)",
}
FILES = {
    "squire": [
        ("~/.local/share/squire", "conversations, plugins and documents (SQUIRE_HOME)"),
        ("~/.config/squire/config.yaml", "the configuration (SQUIRE_CONFIG)"),
    ],
}
FILES["squired"] = FILES["squire"]
FILES["almanac"] = []


def escape(text):
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    text = "".join(letter if letter.isascii() else f"\\[u{ord(letter):04X}]" for letter in text)
    return "\n".join("\\&" + line if line.startswith((".", "\\(aq")) else line for line in text.split("\n"))


def name(argument):
    """How an argument is written: `-n, --no-input`, `--limit n`, `question...`."""
    value = f"\\fI{escape(argument['valueName'])}\\fR" if argument["kind"] != "flag" else ""
    if argument["kind"] == "positional":
        return value + (" ..." if argument["isRepeating"] else "")
    names = sorted(argument.get("names", []), key=lambda each: each["kind"] != "short")
    dashes = {"short": "-", "long": "--", "longWithSingleDash": "-"}
    written = ", ".join(f"\\fB{escape(dashes[each['kind']] + each['name'])}\\fR" for each in names)
    return f"{written} {value}".strip()


def synopsis(words, command):
    parts = [f".B {escape(' '.join(words))}"]
    arguments = shown(command)
    if any(each["kind"] != "positional" for each in arguments):
        parts.append("[options]")
    for each in arguments:
        if each["kind"] == "positional":
            parts.append(f"[{name(each)}]" if each["isOptional"] else name(each))
    if command.get("subcommands"):
        parts.append("\\fIcommand\\fR")
    return parts


def shown(command):
    return [each for each in command.get("arguments", []) if each.get("shouldDisplay", True)]


def discussion(text):
    """Paragraphs; lines that are indented stand as they are."""
    lines, verbatim = [], False
    for line in text.split("\n"):
        if line.startswith("  ") != verbatim:
            lines.append(".fi" if verbatim else ".PP\n.nf")
            verbatim = not verbatim
        lines.append(escape(line) if line.strip() else ("" if verbatim else ".PP"))
    return lines + [".fi"] * verbatim


def options(command):
    lines = []
    for argument in shown(command):
        lines += [".TP", name(argument)]
        text = argument.get("abstract", "")
        if argument.get("defaultValue"):
            text += f" (default: {argument['defaultValue']})"
        lines.append(escape(text) or "\\&")
    return lines


def page(words, command, program, version):
    title = "-".join(words)
    lines = [f'.TH {title.upper()} 1 "" "{program} {version}" "Squire"', ".SH NAME"]
    lines += [f"{escape(title)} \\- {escape(command.get('abstract', '').rstrip('.'))}", ".SH SYNOPSIS"]
    lines += synopsis(words, command)
    if command.get("discussion"):
        lines += [".SH DESCRIPTION"] + discussion(command["discussion"])
    commands = [each for each in command.get("subcommands", []) if each["commandName"] != "help" and each.get("shouldDisplay", True)]
    if commands:
        lines.append(".SH COMMANDS")
    for each in commands:
        inner = words + [each["commandName"]]
        if len(words) == 1:
            lines += [".TP", f".BR {escape('-'.join(inner))} (1)", escape(each.get("abstract", ""))]
            continue
        lines += [f".SS {escape(' '.join(inner[1:]))}", escape(each.get("abstract", "")), ".PP"]
        lines += synopsis(inner, each)
        lines += discussion(each["discussion"]) if each.get("discussion") else []
        lines += options(each)
    if shown(command):
        lines += [".SH OPTIONS"] + options(command)
    if len(words) == 1:
        lines += [".SH FILES"] if FILES[program] else []
        for path, text in FILES[program]:
            lines += [".TP", f".I {escape(path)}", escape(text)]
        lines += [".SH SEE ALSO", SEE_ALSO[program]]
    else:
        lines += [".SH SEE ALSO", f".BR {escape(program)} (1)"]
    text = "\n".join(lines) + "\n"
    while ".PP\n.PP\n" in text:
        text = text.replace(".PP\n.PP\n", ".PP\n")
    return title, text, commands


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for program in sys.argv[2:]:
        run = lambda *arguments: subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout
        command = json.loads(run("--experimental-dump-help"))["command"]
        version = run("--version").strip()
        base = command["commandName"]
        todo = [([base], command)]
        while todo:
            words, each = todo.pop()
            title, text, commands = page(words, each, base, version)
            (folder / f"{title}.1").write_text(text)
            if len(words) == 1:
                todo += [(words + [inner["commandName"]], inner) for inner in commands]


main()
