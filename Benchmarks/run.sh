#!/usr/bin/env bash
# Measures toxwatch on one core and prints the figures: usage: Benchmarks/run.sh [EVENTS.ndjson]
#
# Without a file it makes a million events of its own. ROUNDS (5), EVENTS (1000000) and CORE (the last one) may be set.
# Where ../shared/bench holds the C++ reference, it is built and run in turn with toxwatch; that needs g++, python3 and
# Debian's libsimdjson-dev.
set -eu -o pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-5}
core=${CORE:-$(($(nproc) - 1))}
built=$(swift build -c release --product toxwatch --static-swift-stdlib --show-bin-path)
toxwatch=$(realpath "${TOXWATCH:-$built/toxwatch}")
[ -x "$toxwatch" ] || { echo 'run make build first' >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
swiftc -O -o "$work/measure" Benchmarks/Measure.swift
events=${1:-$work/events.ndjson}
if [ $# -eq 0 ]; then
    swiftc -O -o "$work/generate" Benchmarks/GenerateEvents.swift
    "$work/generate" "${EVENTS:-1000000}" > "$events"
fi
count=$(wc -l < "$events")
head -n 10 "$events" > "$work/ten.ndjson"
config="--quiet --config $PWD/config/toxwatch.yaml"

: > "$work/commands"
cat > "$work/state.sh" <<END
#!/bin/sh
rm -f "$work"/state.db*
exec "$toxwatch" run $config --no-tick --state "$work/state.db"
END
chmod +x "$work/state.sh"
reference=../shared/bench/reference.cpp
if [ -f "$reference" ] && command -v g++ > /dev/null && command -v python3 > /dev/null \
    && [ -f /usr/include/simdjson.h ]; then
    g++ -std=c++17 -O3 -march=native -DNDEBUG -pthread "$reference" -o "$work/reference" -lsimdjson
    python3 ../shared/bench/mkrules.py "$work"
    printf 'C++ reference, one pass\t%s line %s\n' "$work/reference" "$work/rules.tsv" >> "$work/commands"
elif [ -f "$reference" ]; then
    echo 'The C++ reference is left out: it needs g++, python3 and Debian'\''s libsimdjson-dev.'
fi
{
    printf 'toxwatch run --rules grade\t%s run --rules grade %s\n' "$toxwatch" "$config"
    printf 'toxwatch run\t%s run %s\n' "$toxwatch" "$config"
    printf 'toxwatch run --state, a new state\t%s/state.sh\n' "$work"
    printf 'toxwatch grade\t%s grade %s\n' "$toxwatch" "$config"
    printf 'toxwatch read\t%s read %s\n' "$toxwatch" "$config"
} >> "$work/commands"

echo "$(date +%Y-%m-%d), $(grep -m 1 'model name' /proc/cpuinfo | cut -d: -f2 | sed 's/^ //'), core $core of $(nproc)"
echo "$count events, $(($(stat -c %s "$events") / 1000000)) MB, $rounds rounds in turn, medians:"
echo
taskset -c "$core" "$work/measure" "$rounds" "$count" "$events" < "$work/commands"
echo
# From a folder without a config, where the pack that the program carries judges.
cd "$work"
{
    printf 'toxwatch run, ten events\t%s run --quiet\n' "$toxwatch"
    printf 'the same with --config\t%s run %s\n' "$toxwatch" "$config"
    printf 'toxwatch --version\t%s --version\n' "$toxwatch"
} | taskset -c "$core" "$work/measure" "$((rounds * 10))" 0 "$work/ten.ndjson"
