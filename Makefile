# `make run` and `make test` are all that a newcomer needs; both set up what is missing first.
.PHONY: run test check bench bench-window bench-fidelity bench-tokenizer bench-router test-export train-router screenshots

run:  # the window; without a display, or with a piped prompt, the terminal
	@sh packaging/setup/run.sh

test:  # every check and every test; what .ci/run calls
	@sh packaging/setup/test.sh

check:  # format, lint and types only
	@sh packaging/setup/check.sh

bench:  # speed and memory of the chosen model, as JSON
	@sh packaging/setup/run.sh bench --json

bench-window:  # how soon the window stands, and how late its event loop runs while the model writes
	@sh packaging/setup/environment.sh dev && sh packaging/setup/run.sh models prepare >&2 && .venv/bin/python -m tests.bench.window

bench-fidelity:  # what quantizing costs, against the model's own weights
	@sh packaging/setup/environment.sh dev && sh packaging/setup/run.sh models prepare >&2 && .venv/bin/python -m tests.bench.fidelity

bench-tokenizer:  # token ids against the GGUF's own runtime, in an environment of its own
	@sh packaging/setup/environment.sh dev && sh packaging/setup/run.sh models prepare >&2 && sh tests/bench/tokenizer_ids.sh

bench-router:  # the router on its test split, beside a TF-IDF baseline where the training environment is there
	@sh packaging/setup/environment.sh dev && sh tests/bench/router.sh

train-router:  # trains the router's model anew, in an environment of its own
	@sh packaging/train_router/make.sh

test-export:  # exports the tiny test model with optimum again, in an environment of its own
	@sh packaging/tiny_model/make.sh

screenshots:  # the pictures of the README, from the real window
	@sh packaging/setup/environment.sh && .venv/bin/python packaging/screenshots.py
