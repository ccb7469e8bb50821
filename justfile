# The menu. `.ci/run` runs the same recipes in the same order; `just` alone lists them.

_default:
    @just --list --unsorted

# Everything that a change must pass
ci:
    .ci/run

# Layout of the code
format:
    cargo fmt --all --check

# Faults that the compiler and clippy see
lint:
    cargo clippy --workspace --all-targets -- -D warnings

# All tests
test:
    cargo test

# The knowledge files and the proofs that they carry
knowledge:
    cargo run --release -- knowledge check

# Every path that a document names exists
paths:
    cargo run -p xtask -- paths

# Which records of corpus/ would change, by rule
diff:
    cargo run --release -p xtask -- diff

# Rewrite corpus/ with what the engine says today, for review
accept:
    cargo run --release -p xtask -- accept

# Events by type on the stories at work, the ten most frequent confusions, and every wrong sentence
eval:
    cargo run --release -- eval records gold/stories.jsonl --differences
    cargo run --release -- eval records gold/dev-cooperation.jsonl --differences
    cargo run --release -- eval records gold/dev-conflict.jsonl --differences
    cargo run --release -- eval records gold/held.jsonl

# The table of figures in the README, from a folder of development data
figures data:
    cargo build --release
    cargo run --release -p xtask -- figures {{data}}

# Speed and memory of the whole program over a folder of texts
measure folder:
    cargo build --release
    cargo run --release -p xtask -- measure {{folder}}

# Benchmarks
bench:
    cargo bench -p detente
