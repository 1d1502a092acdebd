# `make run` and `make test` are all that a newcomer needs; both set up what is missing first.
# Benchmarks and tests keep to the smallest model; MODEL=light or the like lets some benchmarks measure another one.
MAKE_READY = sh packaging/setup/environment.sh dev && .venv/bin/inkstone models prepare smollm2-135m-instruct >&2
CHOSEN = $(if $(MODEL),--model $(MODEL))
MODEL_READY = $(MAKE_READY) $(if $(MODEL),&& .venv/bin/inkstone models prepare $(MODEL) >&2)

.PHONY: run test check bench bench-conversation bench-guessing bench-side-by-side bench-loops bench-peers bench-window bench-reading \
        bench-quick bench-edits bench-quick-latency bench-fidelity bench-tokenizer test-export screenshots bench-drafts bench-history bench-large-home translations \
        bench-router train-router train-clauses

run:  # the window; without a display, or with a piped prompt, the terminal; MODEL=tiny|light|standard|ID says who writes
	@sh packaging/setup/run.sh

test:  # every check and every test; what .ci/run calls
	@sh packaging/setup/test.sh

check:  # format, lint and types only
	@sh packaging/setup/check.sh

bench:  # speed and memory of the smallest model, or of MODEL=, as JSON
	@sh packaging/setup/run.sh models prepare "$${MODEL:-tiny}" >&2 && .venv/bin/inkstone bench --json --model "$${MODEL:-tiny}"

bench-conversation:  # the next turn behind long histories, and whether kept caches change a word
	@$(MODEL_READY) && .venv/bin/python -m tests.bench.conversation $(CHOSEN)

bench-guessing:  # what prompt lookup gains in proofreading and costs in drafting
	@$(MODEL_READY) && .venv/bin/python -m tests.bench.guessing $(CHOSEN)

bench-side-by-side:  # what several guesses, and several versions of an answer, cost in one run
	@$(MODEL_READY) && .venv/bin/python -m tests.bench.side_by_side $(CHOSEN)

bench-loops:  # how many answers go in circles, and what the guard against it does to good text; MODEL=id takes another model
	@$(MAKE_READY) && .venv/bin/python -m tests.bench.loops --model "$(MODEL)" && .venv/bin/python -m tests.bench.damage --model "$(MODEL)"

bench-peers:  # Inkstone beside llama.cpp, onnxruntime-genai and transformers on the same weights
	@$(MODEL_READY) && sh tests/bench/peers/race.sh $(CHOSEN) $(if $(GGUF),--gguf $(GGUF))

bench-window:  # how soon the window stands, and how late its event loop runs while the model writes
	@$(MAKE_READY) && .venv/bin/python -m tests.bench.window

bench-reading:  # how soon a long conversation is seen, and how smoothly a long answer streams into it
	@sh packaging/setup/environment.sh dev && .venv/bin/python -m tests.bench.reading

bench-large-home:  # the window in front of 100,000 messages (on a screen, or under xvfb-run)
	@$(MAKE_READY) && .venv/bin/python -m tests.bench.large_home

bench-quick-latency:  # how soon a quick prompt is there and says something, on a virtual screen (needs Xvfb, openbox)
	@$(MAKE_READY) && .venv/bin/python -m tests.bench.quick_latency

bench-quick:  # how many results of quick actions are usable, and how long the difference of 5,000 words takes
	@$(MAKE_READY) && .venv/bin/python -m tests.bench.quick && .venv/bin/python -m tests.bench.quick_difference

bench-edits:  # how far the edits of the standard model can be trusted: 240 texts (an hour); HALF=2 scores those kept apart
	@$(MAKE_READY) && for language in en zh; do for kind in proofreading rewriting; do \
	  .venv/bin/python -m tests.bench.edits.score $$kind --language $$language --half $(or $(HALF),1); done; done

bench-fidelity:  # what quantizing costs, against the model's own weights (MODEL=light, GGUF=its file)
	@$(MAKE_READY) && .venv/bin/python -m tests.bench.fidelity $(if $(MODEL),--model $(MODEL)) $(if $(GGUF),--gguf $(GGUF))

bench-tokenizer:  # token ids against the GGUF's own runtime, in an environment of its own
	@$(MAKE_READY) && sh tests/bench/tokenizer_ids.sh

bench-drafts:  # drafts 60 briefs with the starter model and prints which pass their checks (half an hour)
	@$(MAKE_READY) && .venv/bin/python -m tests.bench.drafts

bench-history:  # 100,000 messages in 5,000 conversations: opening, listing, searching, saving; makes them first, minutes
	@sh packaging/setup/environment.sh dev && .venv/bin/python -m tests.bench.history

bench-router:  # the router on its test split, beside a TF-IDF baseline where the training environment is there
	@sh packaging/setup/environment.sh dev && sh tests/bench/router.sh

train-clauses:  # trains which clauses of a request are facts, in seconds
	@sh packaging/setup/environment.sh dev && .venv/bin/python packaging/train_clauses/train.py

train-router:  # trains the router's model anew, in an environment of its own
	@sh packaging/train_router/make.sh

test-export:  # exports the tiny test model with optimum again, in an environment of its own
	@sh packaging/tiny_model/make.sh

translations:  # the texts of the window, from the code into assets/translations
	@sh packaging/setup/environment.sh dev && .venv/bin/python packaging/translations.py

screenshots:  # the pictures of the README, from the real window
	@sh packaging/setup/environment.sh && .venv/bin/python packaging/screenshots.py
