#!/usr/bin/env bash
# Puts clients that others wrote before the gateway of a daemon of its own, with the default model (Tests/Clients): OpenAI's
# own, LangChain's agent and `llm`. Everything is built before.
set -euo pipefail
source "$(dirname "$0")/common.sh"

# No client takes a quarter of it.
most_seconds=240

bin=$(cd "$ROOT" && swift build -c debug --show-bin-path)
work=$(mktemp -d)
trap 'stop_daemon; rm -rf "$work"' EXIT

mkdir "$work/home" "$work/client"
# A port that is free; the log says which.
SQUIRE_GATEWAY_LISTEN=127.0.0.1:0 start_daemon "$bin" "$work/home"
for ((tries = 0; tries < 100; tries++)); do
    address=$(sed -nE 's/.* address=([0-9.:]+) .*gateway ready$/\1/p' "$work/home/log")
    [ -z "$address" ] || break
    sleep 0.1
done
[ -n "$address" ] || die "the gateway did not start: $(tail -n 5 "$work/home/log")"
token=$("$bin/squire" gateway token)

# Without what this machine has set for its own use: proxies, keys, and folders of settings.
client=(env -i "HOME=$work/client" "PATH=$PATH" LANG=C.UTF-8 "OPENAI_BASE_URL=http://$address/v1" "OPENAI_API_KEY=$token")
failed=()
for name in openai_client langchain_agent llm_client; do
    begin=$SECONDS
    timeout "$most_seconds" "${client[@]}" "$ROOT/.deps/python/bin/python" "$ROOT/Tests/Clients/$name.py" >&2 ||
        failed+=("$name")
    say "    $name: $((SECONDS - begin)) s"
done
((${#failed[@]} == 0)) || die "these clients were not answered as they should be: ${failed[*]}"
