"""The official `openai` client against a gateway: OPENAI_BASE_URL and OPENAI_API_KEY say where, as for any of its users;
the gateway must have a token.

Needs PyPI's openai and jsonschema. Prints a line a check; ends with status 1 if one failed.
"""

import json
import sys

import jsonschema
import openai

client = openai.OpenAI(max_retries=0, timeout=120)
failed = 0


def check(name):
    def run(body):
        global failed
        try:
            body()
            print(f"ok    {name}")
        except Exception as error:  # noqa: BLE001: one failure shall not hide the next
            failed += 1
            print(f"FAILS {name}: {type(error).__name__}: {error}")

    return run


def user(text):
    return [{"role": "user", "content": text}]


WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Get the current weather of a city.",
        "parameters": {
            "type": "object",
            "properties": {
                "city": {"type": "string", "description": "The city."},
                "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
            },
            "required": ["city"],
            "additionalProperties": False,
        },
    },
}
STOCK = {
    "type": "function",
    "function": {
        "name": "get_stock_price",
        "description": "Get the price of a company's stock.",
        "parameters": {
            "type": "object",
            "properties": {"symbol": {"type": "string", "pattern": "^[A-Z]{1,5}$"}},
            "required": ["symbol"],
        },
    },
}
QUESTION = "What is the weather in Paris in celsius?"


@check("models")
def _():
    models = client.models.list().data
    assert len(models) >= 2, models
    assert client.models.retrieve(models[0].id).id == models[0].id


@check("chat")
def _():
    answer = client.chat.completions.create(model="squire", messages=user("Say hello."), max_tokens=16, temperature=0)
    assert answer.choices[0].message.content and answer.usage.total_tokens > 0, answer


@check("chat, streamed, with usage")
def _():
    chunks = list(
        client.chat.completions.create(
            model="squire", messages=user("Say hello."), max_tokens=16, stream=True, stream_options={"include_usage": True}
        )
    )
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert chunks[-1].usage.completion_tokens > 0, chunks[-1]


@check("chat, streamed by the client's helper")
def _():
    # To the helper an answer that max_tokens cut is an error.
    request = {"messages": user("Say hello."), "max_tokens": 256, "temperature": 0, "stop": ["."]}
    with client.chat.completions.stream(model="squire", **request) as stream:
        for _ in stream:
            pass
        assert stream.get_final_completion().choices[0].message.content


def call_of(answer):
    call = answer.choices[0].message.tool_calls[0]
    arguments = json.loads(call.function.arguments)
    tool = next(t for t in (WEATHER, STOCK) if t["function"]["name"] == call.function.name)
    jsonschema.validate(arguments, tool["function"]["parameters"])
    return call, arguments


@check("tools, auto")
def _():
    answer = client.chat.completions.create(model="squire", messages=user(QUESTION), tools=[WEATHER, STOCK])
    call, arguments = call_of(answer)
    assert call.function.name == "get_weather" and arguments == {"city": "Paris", "unit": "celsius"}, arguments
    assert answer.choices[0].finish_reason == "tool_calls"


@check("tools, required and by name")
def _():
    for choice, name in (("required", None), ({"type": "function", "function": {"name": "get_stock_price"}}, "get_stock_price")):
        answer = client.chat.completions.create(
            model="squire", messages=user("Tell me something."), tools=[WEATHER, STOCK], tool_choice=choice
        )
        call, _ = call_of(answer)
        assert name in (None, call.function.name), call


@check("tools, streamed")
def _():
    stream = client.chat.completions.create(model="squire", messages=user(QUESTION), tools=[WEATHER], stream=True)
    text = "".join(
        call.function.arguments or "" for c in stream for call in (c.choices[0].delta.tool_calls or []) if c.choices
    )
    assert json.loads(text)["city"] == "Paris", text


@check("an answer from a tool's result, which says what the result says")
def _():
    asked = user("What is the weather in Paris?")
    answer = client.chat.completions.create(model="squire", messages=asked, tools=[WEATHER])
    message = answer.choices[0].message
    result = {"role": "tool", "tool_call_id": message.tool_calls[0].id, "content": '{"temperature": 17.5, "sky": "cloudy"}'}
    for tools in ([WEATHER], openai.NOT_GIVEN):
        last = client.chat.completions.create(model="squire", messages=[*asked, message, result], tools=tools)
        assert last.choices[0].finish_reason == "stop" and "17.5" in last.choices[0].message.content, last


@check("response_format json_schema")
def _():
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string", "maxLength": 20}, "legs": {"type": "integer", "minimum": 0, "maximum": 8}},
        "required": ["name", "legs"],
        "additionalProperties": False,
    }
    answer = client.chat.completions.create(
        model="squire",
        messages=user("Describe a cow in JSON."),
        response_format={"type": "json_schema", "json_schema": {"name": "animal", "schema": schema, "strict": True}},
    )
    jsonschema.validate(json.loads(answer.choices[0].message.content), schema)


@check("logprobs")
def _():
    answer = client.chat.completions.create(
        model="squire", messages=user("Say hello."), max_tokens=4, logprobs=True, top_logprobs=3, temperature=0
    )
    content = answer.choices[0].logprobs.content
    assert content and len(content[0].top_logprobs) == 3 and content[0].logprob <= 0, content


@check("n, seed and stop")
def _():
    def texts():
        answer = client.chat.completions.create(
            model="squire", messages=user("Name an animal."), max_tokens=12, n=3, seed=5, temperature=1, stop=["."]
        )
        return [c.message.content for c in answer.choices]

    # What was read once is not read again, and a sum in another order may round to another token.
    texts()
    first = texts()
    assert len(first) == 3 and first == texts() and not any("." in text for text in first), first


@check("completions")
def _():
    answer = client.completions.create(model="squire", prompt="One, two, three,", max_tokens=4, temperature=0)
    assert answer.choices[0].text


@check("embeddings")
def _():
    # As base64, which the client asks for by itself, and as numbers.
    data = client.embeddings.create(model="squire", input=["a cat", "a kitten", "a tax form"]).data
    numbers = client.embeddings.create(model="squire", input="a cat", encoding_format="float").data[0].embedding
    assert all(abs(a - b) < 1e-5 for a, b in zip(data[0].embedding, numbers, strict=True))
    near, far = (sum(a * b for a, b in zip(data[0].embedding, d.embedding, strict=True)) for d in data[1:])
    assert near > far, (near, far)


@check("responses")
def _():
    answer = client.responses.create(model="squire", input="Say hello.", max_output_tokens=16)
    assert answer.output_text and answer.status in ("completed", "incomplete"), answer


@check("responses, streamed, and with tools")
def _():
    events = list(client.responses.create(model="squire", input="Say hello.", max_output_tokens=16, stream=True))
    assert events[0].type == "response.created" and events[-1].type in ("response.completed", "response.incomplete")
    tool = {"type": "function", **WEATHER["function"], "strict": False}
    answer = client.responses.create(model="squire", input=QUESTION, tools=[tool])
    call = answer.output[0]
    assert call.type == "function_call" and json.loads(call.arguments)["city"] == "Paris", answer.output
    result = {"type": "function_call_output", "call_id": call.call_id, "output": '{"temperature": 17.5}'}
    asked = {"role": "user", "content": QUESTION}
    last = client.responses.create(model="squire", input=[asked, call, result], tools=[tool])
    assert "17.5" in last.output_text, last.output_text


def refused(error, status, what, **request):
    try:
        client.chat.completions.create(**{"model": "squire", "messages": user("Hi"), **request})
    except error as cause:
        assert cause.status_code == status and what in str(cause), cause
        return
    raise AssertionError("it was not refused")


@check("errors")
def _():
    refused(openai.BadRequestError, 400, "temperature", temperature=9)
    refused(openai.BadRequestError, 400, "get_time", tools=[WEATHER], tool_choice={"type": "function", "function": {"name": "get_time"}})
    strange = {"type": "object", "properties": {"a": {"type": "string", "pattern": "(?=x)y"}}, "required": ["a"]}
    tool = {"type": "function", "function": {"name": "strange", "parameters": strange}}
    refused(openai.BadRequestError, 400, "pattern", tools=[tool], tool_choice={"type": "function", "function": {"name": "strange"}})
    refused(openai.BadRequestError, 400, "pattern", tools=[tool], tool_choice="required")
    try:
        openai.OpenAI(api_key="wrong", max_retries=0).models.list()
    except openai.AuthenticationError:
        return
    raise AssertionError("a wrong key was taken")


sys.exit(1 if failed else 0)
