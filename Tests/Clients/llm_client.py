"""The `llm` command against a gateway: OPENAI_BASE_URL and OPENAI_API_KEY say where.

Needs PyPI's llm. Writes what a user would into a folder of its own. Prints a line a check; ends with status 1 if one failed.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

MODELS = f"""
- model_id: squire
  model_name: squire
  api_base: {os.environ["OPENAI_BASE_URL"]}
  api_key_name: squire
  supports_tools: true
  supports_schema: true
"""
TOOL = '''
def get_population(country: str) -> str:
    """Get how many people live in a country."""
    return f"{country} has 5519594 inhabitants."
'''
SCHEMA = '{"type": "object", "properties": {"name": {"type": "string"}, "legs": {"type": "integer"}}, "required": ["name", "legs"]}'

folder = pathlib.Path(tempfile.mkdtemp())
(folder / "extra-openai-models.yaml").write_text(MODELS)
(folder / "tool.py").write_text(TOOL)
environment = {**os.environ, "LLM_USER_PATH": str(folder)}
failed = False


def llm(name, arguments, holds):
    global failed
    command = [pathlib.Path(sys.executable).with_name("llm"), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    good = done.returncode == 0 and holds(done.stdout)
    failed |= not good
    print(f"{'ok   ' if good else 'FAILS'} {name}: {done.stdout.strip()[:200]!r} {'' if good else done.stderr[-400:]}")


llm("key", ["keys", "set", "squire", "--value", os.environ["OPENAI_API_KEY"]], lambda out: True)
llm("models", ["models"], lambda out: "squire" in out)
prompt = ["prompt", "-m", "squire", "-o", "max_tokens", "20"]
llm("prompt, streamed", [*prompt, "Say hello."], str.strip)
llm("prompt, in one piece", [*prompt, "--no-stream", "Say hello."], str.strip)
llm("conversation", [*prompt, "-c", "And again."], str.strip)
llm("schema", ["prompt", "-m", "squire", "--schema", SCHEMA, "A cow has 4 legs."], lambda out: "legs" in json.loads(out))
for mode in ([], ["--no-stream"]):
    llm(
        f"tools {' '.join(mode)}",
        ["prompt", "-m", "squire", *mode, "--functions", folder / "tool.py", "What is the population of Finland?"],
        lambda out: "5519594" in out.replace(",", ""),
    )
sys.exit(1 if failed else 0)
