"""The two servers that are compared, behind one small interface: `complete(...)` gives the times of the tokens."""
import functools
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Answer:
    """One generation: when each piece of its text came, in seconds from the request."""
    text: str = ""
    times: list = field(default_factory=list)
    total: float = 0.0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    tokens: int = 0

    @property
    def first(self):
        return self.times[0] if self.times else self.total

    @property
    def rate(self):
        """Tokens a second after the first."""
        return (self.tokens - 1) / (self.total - self.first)


class Connection:
    """One connection to squired's socket: newline-delimited JSON-RPC 2.0."""

    def __init__(self, path, patience=600):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))
        # What is not answered by then never will be.
        self.socket.settimeout(patience)
        self.file = self.socket.makefile("rb")
        self.last = 0

    def send(self, method, params=None):
        self.last += 1
        request = {"jsonrpc": "2.0", "id": self.last, "method": method, "params": params or {}}
        self.socket.sendall(json.dumps(request).encode() + b"\n")
        return self.last

    def receive(self):
        line = self.file.readline()
        if not line:
            raise ConnectionError("squired closed the connection")
        return json.loads(line)

    def call(self, method, params=None):
        """The result, the seconds at which text came, and the seconds to the result."""
        start = time.perf_counter()
        number = self.send(method, params)
        times = []
        while True:
            message = self.receive()
            if message.get("params", {}).get("type") == "token":
                times.append(time.perf_counter() - start)
            if message.get("id") == number and "method" not in message:
                if "error" in message:
                    sys.exit(f"{method}: {message['error']['message']}")
                return message["result"], times, time.perf_counter() - start

    def close(self):
        self.file.close()
        self.socket.close()


@functools.cache
def program():
    return subprocess.check_output(
        ["swift", "build", "-c", "release", "--show-bin-path"], cwd=ROOT, text=True).strip() + "/squired"


class Squired:
    name = "squired"

    def __init__(self, home, configuration=""):
        binary = program()
        if not os.path.exists(binary):
            sys.exit(f"{binary} is missing; run `make build`")
        self.path = home / "squire.sock"
        config = home / "config.yaml"
        config.write_text(configuration)
        config.chmod(0o600)
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [binary, "--home", home, "--config", config], stdin=subprocess.DEVNULL, stderr=open(home / "log", "a"))
        while True:
            try:
                self.connection = self.connect()
                break
            except OSError:
                if self.process.poll() is not None or time.perf_counter() - start > 30:
                    sys.exit("squired did not start:\n" + (home / "log").read_text())
                time.sleep(0.002)
        self.connection.call("ping")
        self.ready = time.perf_counter() - start
        self.connection.call("model/tokenize", {"text": "x"})
        self.loaded = time.perf_counter() - start

    def connect(self, patience=600):
        return Connection(self.path, patience)

    def complete(self, prompt=None, messages=None, tokens=32, schema=None, conversation=None, connection=None):
        params = {"sampling": {"temperature": 0, "maxTokens": tokens}, "stream": True}
        if schema is None:
            params["sampling"]["ignoreEnd"] = True
        for name, value in (("prompt", prompt), ("messages", messages), ("schema", schema),
                            ("conversation", conversation)):
            if value is not None:
                params[name] = value
        result, times, total = (connection or self.connection).call("model/complete", params)
        usage = result["usage"]
        return Answer(result["text"], times, total, usage["promptTokens"], usage["cachedTokens"],
                      usage["completionTokens"])

    def count(self, text):
        return self.connection.call("model/tokenize", {"text": text})[0]["count"]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


class LlamaServer:
    name = "llama-server"

    def __init__(self, binary, model, home, context=4096, slots=8, unified=True):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        arguments = [binary, "-m", model, "--host", "127.0.0.1", "--port", str(self.port), "-c", str(context), "-np",
                     str(slots), "-t", str(os.cpu_count()), "--no-webui", "--slot-save-path", str(home), "--jinja"]
        if unified:
            arguments.append("--kv-unified")
        self.process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=open(home / "llama-server.log", "a"))
        start = time.perf_counter()
        while True:
            try:
                if self.request("GET", "/health")[0] == 200:
                    break
            except OSError:
                pass
            if self.process.poll() is not None or time.perf_counter() - start > 60:
                sys.exit("llama-server did not start:\n" + (home / "llama-server.log").read_text()[-2000:])
            time.sleep(0.02)

    def request(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request(method, path, json.dumps(body) if body is not None else None,
                           {"Content-Type": "application/json"})
        response = connection.getresponse()
        data = response.read()
        connection.close()
        return response.status, data

    def complete(self, prompt=None, messages=None, tokens=32, schema=None, slot=None):
        body = {"temperature": 0, "stream": True, "n_predict": tokens, "max_tokens": tokens, "cache_prompt": True,
                "ignore_eos": schema is None}
        if slot is not None:
            body["id_slot"] = slot
        if schema is not None:
            body["json_schema"] = schema
        if messages is None:
            path, body["prompt"] = "/completion", prompt
        else:
            path, body["messages"] = "/v1/chat/completions", messages
            body["timings_per_token"] = False
        answer = Answer()
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        response = connection.getresponse()
        if response.status != 200:
            sys.exit(f"llama-server: {response.read()[:500]}")
        for line in response:
            if not line.startswith(b"data: ") or line.startswith(b"data: [DONE]"):
                continue
            piece = json.loads(line[6:])
            text = piece.get("content")
            if text is None and piece.get("choices"):
                text = piece["choices"][0].get("delta", {}).get("content")
            if text:
                answer.times.append(time.perf_counter() - start)
                answer.text += text
            timings = piece.get("timings")
            if timings:
                answer.tokens = timings["predicted_n"]
                answer.prompt_tokens = timings["prompt_n"] + timings.get("cache_n", 0)
                answer.cached_tokens = timings.get("cache_n", 0)
        answer.total = time.perf_counter() - start
        connection.close()
        return answer

    def count(self, text):
        return len(json.loads(self.request("POST", "/tokenize", {"content": text})[1])["tokens"])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
