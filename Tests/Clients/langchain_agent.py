"""A LangChain agent against a gateway: OPENAI_BASE_URL and OPENAI_API_KEY say where, as for any of its users.

Needs PyPI's langchain, langchain-openai and langgraph. Prints what each question led to; ends with status 1 where a tool
was not executed, the answer is not made of its result, or the agent does not end.
"""

import sys

from langchain.agents import create_agent
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI, OpenAIEmbeddings

executed = []


@tool
def get_population(country: str) -> dict:
    """Get how many people live in a country."""
    executed.append(("get_population", country))
    return {"country": country, "population": 5519594}


@tool
def multiply(a: float, b: float) -> float:
    """Multiply two numbers."""
    executed.append(("multiply", a, b))
    return a * b


model = ChatOpenAI(model="squire", temperature=0, timeout=120, max_retries=0)
agent = create_agent(model, [get_population, multiply], system_prompt="You are a helpful assistant.")
failed = False
CASES = [
    ("What is the population of Finland?", [("get_population", "Finland")], "5519594"),
    ("Multiply 12.5 by 8.", [("multiply", 12.5, 8.0)], "100"),
    ("Write a short poem about the sea.", [], ""),
]

for question, calls, figure in CASES:
    for mode in ("invoke", "stream"):
        executed.clear()
        asked = {"messages": [{"role": "user", "content": question}]}
        config = {"recursion_limit": 8}
        if mode == "invoke":
            messages = agent.invoke(asked, config)["messages"]
        else:
            messages = [m for step in agent.stream(asked, config) for node in step.values() for m in node["messages"]]
        answer = messages[-1].content
        good = executed == calls and figure in answer.replace(",", "") and bool(answer)
        failed |= not good
        print(f"{'ok   ' if good else 'FAILS'} {mode}: {question} -> {executed} -> {answer!r}")

# Several questions in one conversation: each is answered by its own call.
executed.clear()
first = agent.invoke({"messages": [{"role": "user", "content": CASES[0][0]}]})["messages"]
second = agent.invoke({"messages": [*first, {"role": "user", "content": CASES[1][0]}]})["messages"]
good = executed == CASES[0][1] + CASES[1][1] and "100" in second[-1].content
failed |= not good
print(f"{'ok   ' if good else 'FAILS'} conversation: {executed} -> {second[-1].content!r}")

schema = {
    "title": "Animal",
    "description": "An animal.",
    "type": "object",
    "properties": {"name": {"type": "string"}, "legs": {"type": "integer"}},
    "required": ["name", "legs"],
}
for method in ("function_calling", "json_schema"):
    animal = model.with_structured_output(schema, method=method).invoke("A cow is an animal that has 4 legs.")
    good = isinstance(animal.get("legs"), int) and isinstance(animal.get("name"), str)
    failed |= not good
    print(f"{'ok   ' if good else 'FAILS'} structured output by {method}: {animal}")

# Token numbers are OpenAI's own: the gateway wants text.
vectors = OpenAIEmbeddings(model="squire", check_embedding_ctx_length=False).embed_documents(["a cat", "a kitten"])
good = len(vectors) == 2 and len(vectors[0]) > 100
failed |= not good
print(f"{'ok   ' if good else 'FAILS'} embeddings: {len(vectors)} of {len(vectors[0])}")
sys.exit(1 if failed else 0)
