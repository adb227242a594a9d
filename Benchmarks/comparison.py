"""What squired and llama.cpp's own server do with the same file and the same work, one after the other in one run."""
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path

from clients import LlamaServer, Squired

OPENINGS = ["Once upon a time", "The history of the sea begins", "My favourite recipe is", "In the year 2050 people",
            "A good teacher knows", "The old house stood", "Music helps us because", "Travelling by train is"]
TOOLS = "\n".join(
    f"{index}. {name}({argument}: string): {what}. Use it when the user asks to {what}."
    for index, (name, argument, what) in enumerate([
        ("weather", "city", "tell the weather of a city now and on the days that follow"),
        ("world_time", "city", "tell the time of day in a city"),
        ("convert_units", "expression", "convert a quantity from one unit to another"),
        ("convert_currency", "expression", "convert an amount of money at the day's rate"),
        ("search_books", "query", "find books by title, author or subject"),
        ("search_flights", "route", "find flights between two cities on a date"),
        ("book_table", "restaurant", "book a table at a restaurant"), ("play_music", "title", "play a piece of music"),
        ("set_alarm", "time", "set an alarm at a time of day"), ("add_event", "event", "put an event in the calendar"),
        ("send_mail", "text", "send a mail to somebody in the address book"),
        ("translate", "text", "translate a text to another language"),
        ("define_word", "word", "look up what a word means"), ("news", "topic", "read the day's news on a topic"),
        ("stock_price", "symbol", "tell the price of a share"), ("directions", "place", "show the way to a place"),
        ("holiday", "country", "tell a country's next public holiday"),
        ("calculate", "expression", "calculate the value of an expression"),
        ("recipe", "dish", "find a recipe for a dish"), ("reminder", "text", "remind the user of something later"),
    ], 1))
QUESTIONS = ["Hello, who are you?", "What can you do for me?", "Tell me about trains.", "Why is the sky blue?",
             "And at night?", "What should I cook today?", "Give me a shorter recipe.", "What is a good book?",
             "Who wrote it?", "Thank you, goodbye."]
SCHEMAS = [
    {"type": "object", "required": ["city", "unit", "days"], "properties": {
        "city": {"type": "string", "maxLength": 24}, "unit": {"enum": ["celsius", "fahrenheit"]},
        "days": {"type": "integer", "minimum": 1, "maximum": 14}}},
    {"type": "object", "required": ["recipient", "subject", "priority", "confirmationRequested"], "properties": {
        "recipient": {"type": "string", "format": "email"}, "subject": {"type": "string", "maxLength": 40},
        "priority": {"enum": ["low", "normal", "high"]}, "confirmationRequested": {"type": "boolean"}}},
    {"type": "object", "required": ["departure_airport", "arrival_airport", "departure_date", "passengers"],
     "properties": {"departure_airport": {"type": "string", "pattern": "^[A-Z]{3}$"},
                    "arrival_airport": {"type": "string", "pattern": "^[A-Z]{3}$"},
                    "departure_date": {"type": "string", "format": "date"},
                    "passengers": {"type": "integer", "minimum": 1, "maximum": 9}}},
]


def words(count, start=0):
    """About `count` tokens of text that nobody has read before, as long as `start` is another each time.

    A sentence has eleven: each of the number's five digits is one.
    """
    names = ["river", "stone", "window", "letter", "garden", "engine", "market", "bridge"]
    numbers = ((i + start) % 90_000 + 10_000 for i in range(count // 11))
    return " ".join(f"The {names[number % 8]} {number} is near." for number in numbers)


def together(calls):
    """Runs the calls at once; their results in order, and the seconds until the last was done."""
    results = [None] * len(calls)

    def run(index, call):
        try:
            results[index] = call()
        except SystemExit as error:
            failures.append(error)

    failures = []
    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return results, time.perf_counter() - start


def one_stream(server, _run):
    return server.complete(prompt=OPENINGS[0], tokens=128).rate


def eight_streams(server, run):
    def call(opening):
        if isinstance(server, Squired):
            connection = server.connect()
            answer = server.complete(prompt=f"{opening} ({run})", tokens=64, connection=connection)
            connection.close()
            return answer
        return server.complete(prompt=f"{opening} ({run})", tokens=64)

    answers, seconds = together([lambda opening=opening: call(opening) for opening in OPENINGS])
    return sum(answer.tokens for answer in answers) / seconds


def reading(tokens):
    """Tokens a second of a prompt of about so many, from the request to the first token."""
    def rate(server, run):
        answer = server.complete(prompt=words(tokens, 70_000 + 5 * tokens + 100 * run), tokens=1)
        return answer.prompt_tokens / answer.first
    return rate


# As many as llama.cpp's own llama-bench reads; and more, of which attention has a larger part.
PROMPTS = {"prompt": (3, reading(512)), "long": (1, reading(1000))}


def prefix(server, run):
    """First token with a 1,500-token system prompt: read first; seen before; and the latter less what its own tokens
    take alone."""
    system = words(1500, 10_000 + 200 * run)
    def ask(question):
        return server.complete(messages=[{"role": "system", "content": system}, {"role": "user", "content": question}],
                               tokens=2)
    cold = ask("What is near?")
    warm = ask("Which stone comes first of all?")
    own = warm.prompt_tokens - warm.cached_tokens
    # A token of these texts has about two and a half characters.
    alone = server.complete(prompt=words(1000, 30_000 + 200 * run)[:5 * own // 2], tokens=2)
    seconds = own / (alone.prompt_tokens - alone.cached_tokens) * alone.first
    return cold.first, warm.first, warm.first - seconds


def conversation(server, run):
    """Ten turns with twenty tools described: all of it, in seconds."""
    messages = [{"role": "system", "content": f"You are assistant {run}. You have these tools:\n{TOOLS}"}]
    start = time.perf_counter()
    for question in QUESTIONS:
        messages.append({"role": "user", "content": question})
        extra = {"conversation": f"bench-{run}"} if isinstance(server, Squired) else {}
        answer = server.complete(messages=messages, tokens=24, **extra)
        messages.append({"role": "assistant", "content": answer.text})
    return time.perf_counter() - start


def pause(server, run):
    """The longest gap in a running answer while another client's 3,000-token prompt is read, in seconds."""
    def answer():
        if isinstance(server, Squired):
            connection = server.connect()
            return server.complete(prompt=OPENINGS[2], tokens=160, connection=connection)
        return server.complete(prompt=OPENINGS[2], tokens=160)

    def prompt():
        time.sleep(0.4)
        if isinstance(server, Squired):
            return server.complete(prompt=words(3000, 20_000 + 400 * run), tokens=1, connection=server.connect())
        return server.complete(prompt=words(3000, 20_000 + 400 * run), tokens=1)

    (running, _), _ = together([answer, prompt])
    times = running.times
    return max(later - earlier for earlier, later in zip(times, times[1:]))


def schema(server, run):
    """Seconds under a schema ÷ seconds of sampling as many tokens as the same text has, without it."""
    opening = f"JSON for request {run % 2}: "
    constrained = plain = 0.0
    # Neither reads the prompt.
    server.complete(prompt=opening, tokens=1)
    for item in SCHEMAS:
        answer = server.complete(prompt=opening, tokens=160, schema=item)
        free = server.complete(prompt=opening, tokens=64)
        constrained += answer.total
        plain += free.first + server.count(answer.text) / free.rate
    return constrained / plain


def copying(server, run):
    """Tokens a second of an answer that repeats what stands in its prompt."""
    passage = words(160, 50_000 + 200 * run)
    return server.complete(prompt=f"{passage}\n\nThe same again, word for word:\n\n{passage[:60]}", tokens=96).rate


def in_turn(binary, model, folder, runs, measures):
    """What each measure gives of squired and of the server, run by run; the mean where it is taken several times a run.

    Each run has new processes: where the system places a process's memory alone makes four hundredths in speed, for as
    long as it lives. Who comes first changes from time to time.
    """
    values = {name: ([], []) for name in measures}
    for run in range(1, runs + 1):
        servers = []
        try:
            servers.append(Squired(folder))
            servers.append(LlamaServer(binary, model, folder))
            for server in servers:
                one_stream(server, 0)
            for name, (times, measure) in measures.items():
                found = ([], [])
                for time in range(times):
                    for index in (0, 1) if (run + time) % 2 else (1, 0):
                        found[index].append(measure(servers[index], times * run + time))
                for side, part in zip(values[name], found):
                    side.append(part[0] if times == 1 else statistics.mean(part))
        finally:
            for server in servers:
                server.stop()
    return values


def decoding(binary, model, folder, runs):
    """Both decode the same numbers with the same library: what tells them apart takes more processes to see."""
    return in_turn(binary, model, folder, 2 * runs + 1, {"one": (5, one_stream), "eight": (3, eight_streams)})


def medians(values, part=lambda value: value):
    return (statistics.median(part(value) for value in side) for side in values)


def ratio(values):
    """Squired ÷ the server: the median of what each run gave, since from run to run the machine is another."""
    return f"{statistics.median(mine / other for mine, other in zip(*values)):.2f}"


def rate(name, values, target=""):
    mine, other = medians(values)
    return name, f"{mine:.0f} tokens/s", f"{other:.0f} tokens/s", ratio(values), target


def milliseconds(name, values, target="", part=lambda value: value):
    mine, other = medians(values, part)
    return name, f"{mine * 1000:.0f} ms", f"{other * 1000:.0f} ms", "", target


def compare_tuned(binary, model, runs):
    """The rows that tuning is about, and what it chose."""
    folder = Path(tempfile.mkdtemp(prefix="sq-bench-"))
    ours = Squired(folder)
    chosen = next(trial for trial in ours.connection.call("model/tune")[0]["trials"] if trial["isChosen"])
    ours.stop()
    values = decoding(binary, model, folder, runs) | in_turn(binary, model, folder, runs, PROMPTS)
    shutil.rmtree(folder, ignore_errors=True)
    rows = [rate("prompt of 512 tokens", values["prompt"], "≥ 1.70"),
            rate("prompt of 1,000 tokens", values["long"]),
            rate("decode, one stream", values["one"], "≥ 1.00"),
            rate("decode, eight streams, total", values["eight"], "≥ 1.10")]
    return rows, f"{chosen['format']} weights, {chosen['settings']}"


def after_restart(binary, model, folder, runs):
    """First token after a restart ÷ cold. The server keeps nothing unless it is told to, so it is told to."""
    messages = [{"role": "system", "content": words(1500, 60_000)}, {"role": "user", "content": "What is near?"}]
    ours = Squired(folder)
    cold = ours.complete(messages=messages, tokens=2).first
    again = []
    for _ in range(runs):
        # A moment's rest is when beginnings are written.
        time.sleep(2)
        ours.stop()
        ours = Squired(folder)
        again.append(ours.complete(messages=messages, tokens=2).first)
    ours.stop()
    mine = statistics.median(again) / cold
    theirs = LlamaServer(binary, model, folder)
    cold = theirs.complete(messages=messages, tokens=2, slot=0).first
    theirs.request("POST", "/slots/0?action=save", {"filename": "slot.bin"})
    again = []
    for _ in range(runs):
        theirs.stop()
        theirs = LlamaServer(binary, model, folder)
        theirs.request("POST", "/slots/0?action=restore", {"filename": "slot.bin"})
        again.append(theirs.complete(messages=messages, tokens=2, slot=0).first)
    theirs.stop()
    other = statistics.median(again) / cold
    return "first token after a restart ÷ cold", f"{mine:.3f}", f"{other:.3f} (slot restored by hand)", "", "≤ 0.15"


def compare(binary, model, runs):
    """Rows of the table: name, ours, the server's, the ratio, what is asked."""
    folder = Path(tempfile.mkdtemp(prefix="sq-bench-"))
    values = decoding(binary, model, folder, runs) | in_turn(binary, model, folder, runs, PROMPTS | {
        "copy": (3, copying), "prefix": (1, prefix), "ten": (1, conversation),
        "pause": (1, pause), "schema": (3, schema)})
    turns, schemas = (tuple(medians(values[name])) for name in ("ten", "schema"))
    rows = [
        rate("decode, one stream", values["one"], "≥ 1.00"),
        rate("decode, one stream that copies from its prompt", values["copy"]),
        rate("decode, eight streams, total", values["eight"], "≥ 1.00"),
        rate("prompt of 512 tokens", values["prompt"]),
        rate("prompt of 1,000 tokens", values["long"]),
        milliseconds("first token, 1,500-token prefix read first", values["prefix"], "", lambda value: value[0]),
        milliseconds("… seen before", values["prefix"], "", lambda value: value[1]),
        milliseconds("… seen before, less its own tokens alone", values["prefix"], "≤ 60 ms", lambda value: value[2]),
        ("ten turns with twenty tools, total", *(f"{seconds:.2f} s" for seconds in turns), ratio(values["ten"]), ""),
        milliseconds("longest pause beside a 3,000-token prompt", values["pause"], "≤ 150 ms"),
        ("JSON under a schema ÷ plain sampling of its text", *(f"{ratio:.2f}" for ratio in schemas), "", "≤ 0.70"),
        after_restart(binary, model, folder, runs),
    ]
    shutil.rmtree(folder, ignore_errors=True)
    return rows
