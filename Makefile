# The one door. `make` alone lists what it can do. GNU make 3.81 or newer.

# Not the default /bin/sh: old makes run simple recipes without it, and then without the PATH set below.
SHELL := sh
# What make starts ends with make, even if that is killed: the shell with make, its command with the shell. Linux alone can
# say so, and make 3.81 not of its shell.
ifneq (,$(and $(filter oneshell,$(.FEATURES)),$(shell setpriv --pdeathsig KILL true 2>/dev/null && echo yes)))
BOUND := setpriv --pdeathsig KILL --
SHELL := setpriv
.SHELLFLAGS := --pdeathsig KILL -- sh -c
endif
PROFILE ?= full
BUDGET ?= 12
DATA ?= data/local/$(PROFILE)
# Passed on to `run`: OPTIONS=--restart discards what an earlier campaign left in DATA.
OPTIONS ?=
# How much `faults` kills: short or long. FAULTS_SEED draws other moments.
FAULTS ?= short
# Folder that cargo takes crates from, one folder a crate: no registry is asked. Debian's librust-tokio-dev puts them here.
CRATES ?= /usr/share/cargo/registry
# Whatever npm is set to do elsewhere: install here, all of it, where Node looks.
NPM_CI := npm ci --no-dry-run --no-package-lock-only --no-global --location=user --install-strategy=hoisted --bin-links --include=optional --loglevel=error
# npm replaces node_modules, so it must not run on the Node that lies in there.
BOOTSTRAP_PATH := $(PATH)
# Where what must not lie in the clone goes.
OUTER_TMPDIR := $(or $(TMPDIR),/tmp)
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export TMPDIR := $(CURDIR)/.cache/tmp
# Nothing of Jupyter's or of the user's configuration is read or written outside the clone.
export JUPYTER_PATH := $(CURDIR)/.venv/share/jupyter
export JUPYTER_CONFIG_DIR := $(CURDIR)/.cache/jupyter/config
export JUPYTER_DATA_DIR := $(CURDIR)/.cache/jupyter/data
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.cache/jupyter/runtime
export JUPYTERLAB_SETTINGS_DIR := $(CURDIR)/.cache/jupyter/settings
export JUPYTERLAB_WORKSPACES_DIR := $(CURDIR)/.cache/jupyter/workspaces
# What the user has set for other projects decides nothing here: what is installed where, what Python and Node load.
unexport NODE_ENV NODE_PATH
unexport npm_config_workspace npm_config_workspaces NPM_CONFIG_WORKSPACE NPM_CONFIG_WORKSPACES
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONUSERBASE
unexport PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT
unexport JUPYTER_CONFIG_PATH JUPYTERLAB_DIR JUPYTER_PLATFORM_DIRS JUPYTER_PREFER_ENV_PATH
# Likewise the caches of tools; of pip's and npm's configuration, where packages come from stays the user's.
export XDG_CACHE_HOME := $(CURDIR)/.cache/xdg
export XDG_DATA_HOME := $(CURDIR)/.cache/xdg
export IPYTHONDIR := $(CURDIR)/.cache/ipython

# Jupyter refuses to run as root, as in a container, unless it is told.
ALLOW_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

STUDY := $(BOUND) node lib/dist/cli/main.js
SOURCES := $(shell find lib/src lib/watch/src -type f) tsconfig.json lib/tsconfig.json lib/watch/tsconfig.json lib/package.json lib/watch/package.json
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
# All that notebooks may read: what lies in data/, but for this host's runs and a fleet's. (Of a name with a blank make sees two.)
REFERENCE := $(shell find data \( -path data/local -o -path data/fleet -o -path data/fleet-server \) -prune -o -type f ! -path '* *' -print)
PROSE := article/article.md article/front.md article/references.bib $(shell find article/listings article/sections article/template -type f)

PACKAGES := node_modules/.package-lock.json
LIBRARY := .cache/stamps/library
KERNEL := .cache/stamps/kernel
LAB := .cache/stamps/lab
TESTS := .cache/stamps/tests
EXECUTED := .cache/stamps/executed
ARTICLE := .cache/stamps/article
# A stamp of what is read later lists every file of it, with its checksum: what was made must still be there, byte for byte.
# What it was made from is listed before it is made, and the stamp is as old as that list: of whatever is saved meanwhile,
# removed, or put there with an older date, the next make makes it anew.
EDITION := .cache/editions/reference
PUBLISHED := article/build article/SHA256SUMS
contents = find $(1) -path article/build/this-host -prune -o -type f -exec cksum {} + | LC_ALL=C sort
listed = LC_ALL=C ls -ln $(1)
stale = $(shell { [ -f $(1) ] && [ "$$(cat $(1).inputs)" = "$$($(call listed,$(2)))" ]; } 2>/dev/null || echo changed)
changed = $(shell { [ -s $(1) ] && [ "$$(cat $(1))" = "$$($(call contents,$(2)))" ]; } 2>/dev/null || echo changed)

.PHONY: changed help article data decide notebooks figures reproduce verify audit test test-fast faults matrix readme check generate lab coverage bench fleet-load tokio runtimes clean
.DELETE_ON_ERROR:

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

article: $(ARTICLE) ## build the publication from the reference data: article/build/index.html and article.pdf
	@echo "article/build/index.html"
	@echo "article/build/article.pdf"

data: $(LIBRARY) ## measure every experiment on this host into data/local/ (PROFILE=quick for a first look)
	$(STUDY) run all --profile $(PROFILE) --out "$(DATA)" $(OPTIONS)

decide: $(LIBRARY) ## judge as many claims as twelve minutes allow, measuring in rounds where they are open (BUDGET=minutes)
	$(STUDY) decide --budget $(BUDGET) --out data/local/sequential $(OPTIONS)

notebooks: $(KERNEL) ## execute the notebooks on the reference data and keep their outputs and figures (NOTEBOOK=07: that one alone)
	@$(call listed,$(NOTEBOOKS) $(REFERENCE)) > $(EXECUTED).inputs
	$(STUDY) notebooks --keep $(if $(NOTEBOOK),--only $(NOTEBOOK))
	@# One alone says nothing of the others.
	$(if $(NOTEBOOK),@rm -f $(EXECUTED),@$(call contents,$(EDITION)) > $(EXECUTED) && touch -r $(EXECUTED).inputs $(EXECUTED))

figures: notebooks ## the same as notebooks, which draw what changed into figures/

reproduce: $(KERNEL) ## measure this host, then build an edition with its data beside the reference
	$(STUDY) run all --profile $(PROFILE) --out "$(DATA)" $(OPTIONS)
	$(STUDY) notebooks --data "$(DATA)"
	$(STUDY) article --beside "$(DATA)"
	$(STUDY) compare "$(DATA)"

verify: $(KERNEL) ## rebuild everything from the reference data and compare byte by byte
	env -u SCHEDULING_SAFETY_DATA $(STUDY) verify $(wildcard data/reference/*/)
	$(STUDY) notebooks --fresh
	$(STUDY) article --check

audit: $(KERNEL) ## check on one page what a reviewer checks by hand: claims, controls, hashes, seeds, rules, prose
	env -u SCHEDULING_SAFETY_DATA $(STUDY) audit

test: check $(TESTS) ## run all tests: real pools, a real kernel, a real browser
	@# What tests make, they make by themselves, however many jobs this one was told to take.
	MAKEFLAGS= $(BOUND) vitest run
	@# A host that is too busy for valid runs (3) has measured all the same.
	$(STUDY) run all --profile smoke --quiet --restart --out .cache/smoke && $(STUDY) verify .cache/smoke || [ $$? -eq 3 ]
	$(BOUND) $(MAKE) verify
	@# What another host has measured of it stands beside what was just built.
	$(STUDY) notebooks --data .cache/smoke
	$(STUDY) article --beside .cache/smoke

test-fast: $(LIBRARY) ## run what needs no browser, kernel, pool or process: at each save
	$(BOUND) vitest run --project quick

faults: $(KERNEL) ## kill all that we start, make included, at random moments and count what is left (FAULTS=long: hundreds of kills)
	FAULTS=$(FAULTS) $(BOUND) vitest run --no-file-parallelism lib/test/faults lib/test/fleet lib/test/harness/kill-campaign.test.ts lib/test/cli/verify.test.ts

matrix: ## set the study up with other versions of Node, npm and Python, umask and settings (CELLS="node-22 umask-077": these alone)
	PATH="$(BOOTSTRAP_PATH)" TMPDIR="$(OUTER_TMPDIR)" $(BOUND) .ci/matrix $(CELLS)

readme: $(LIBRARY) ## run the README's commands word for word in a fresh clone, also those that take minutes (an hour in all)
	README=long $(BOUND) vitest run lib/test/readme

check: $(LIBRARY) ## check formatting, lint, import zones, dead code, generated files, licences, and the types of library, tests and notebooks
	biome check
	knip --no-progress
	node lib/src/cli/main.ts generate --check
	@# What cargo locks tells no licences: of lib/tokio/Cargo.lock there is nothing to check.
	node lib/dist/audit/check-packages.js package-lock.json lib/runtimes/package-lock.json
	node node_modules/typescript/bin/tsc -p lib/test
	node node_modules/typescript/bin/tsc -p lib/watch/test
	node node_modules/typescript/bin/tsc -p examples/own-service
	$(STUDY) check-notebooks

generate: $(PACKAGES) ## write what follows from the studies: catalogue, claims, data dictionary, parts of the README, files for archives
	node lib/src/cli/main.ts generate

lab: $(LAB) ## open the notebooks in JupyterLab on this machine only
	$(BOUND) .venv/bin/jupyter lab --ServerApp.ip=127.0.0.1 --LabApp.news_url=None --FileCheckpoints.checkpoint_dir="$(CURDIR)/.cache/jupyter/checkpoints" $(ALLOW_ROOT) notebooks

coverage: $(LIBRARY) ## simulate how often intervals hold the truth and verdicts are wrong, into data/simulated/
	$(BOUND) node lib/bench/coverage.ts

bench: $(TESTS) ## measure what each stage costs, from small to large, beside named rivals (BENCH=full: up to a hundred times the reference)
	$(BOUND) node lib/bench/bench.ts $(BENCH)

fleet-load: $(LIBRARY) ## find out how many hosts and runs one database carries (HOSTS=200 RUNS=250)
	node lib/bench/fleet-load.ts

CARGO := cargo --config 'source.crates-io.replace-with="crates"' --config 'source.crates.directory="$(CRATES)"'

tokio: ## test and build the study's programs on Tokio, for who has cargo (CRATES=folder of crates)
	@mkdir -p "$(TMPDIR)"
	cd lib/tokio && env -u RUSTFLAGS $(CARGO) test --locked --offline --quiet
	cd lib/tokio && env -u RUSTFLAGS $(CARGO) build --release --locked --offline

runtimes: ## install the other versions of Node.js that the study other-pools asks for, 300 MB (without them those levels are not testable)
	PATH="$(BOOTSTRAP_PATH)" $(NPM_CI) --prefix lib/runtimes --ignore-scripts

clean: ## remove everything that can be built again (measured data stay)
	rm -rf node_modules .venv .cache lib/dist lib/runtimes/node_modules lib/tokio/target lib/watch/dist article/build article/_build

$(PACKAGES): package.json package-lock.json lib/package.json lib/watch/package.json
	@mkdir -p "$(TMPDIR)"
	PATH="$(BOOTSTRAP_PATH)" $(BOUND) $(NPM_CI) --include=dev --include=peer --workspaces --include-workspace-root
	@[ ! -e node_modules/.bin/node ] || node_modules/.bin/node --version >/dev/null 2>&1 || { \
	  echo 'error: the locked Node.js does not start here; it needs glibc, which Alpine and other musl systems lack: use another image, such as node:24-bookworm' >&2; \
	  rm -f $@; exit 2; }
	@touch $@

$(LIBRARY): $(PACKAGES) $(SOURCES) $(call stale,$(LIBRARY),$(SOURCES))
	@mkdir -p $(@D) "$(TMPDIR)"
	@$(call listed,$(SOURCES)) > $@.inputs
	$(BOUND) node node_modules/typescript/bin/tsc -p lib/watch
	$(BOUND) node node_modules/typescript/bin/tsc -p lib
	@# The command of the clone asks this file whether sources are newer; the compiler leaves it alone where no output differs.
	@touch -c -r $@.inputs lib/dist/.tsbuildinfo lib/watch/dist/.tsbuildinfo
	@touch -r $@.inputs $@

$(KERNEL): $(LIBRARY) lib/requirements.txt
	$(BOUND) node lib/dist/publish/setup-notebooks.js lib/requirements.txt
	@touch $@

$(LAB): $(KERNEL) requirements-lab.txt
	$(BOUND) node lib/dist/publish/setup-notebooks.js lib/requirements.txt requirements-lab.txt
	@touch $@

$(TESTS): $(LAB) requirements-test.txt
	$(BOUND) node lib/dist/publish/setup-notebooks.js requirements-test.txt
	@touch $@

$(EXECUTED): $(KERNEL) $(NOTEBOOKS) $(REFERENCE) $(call changed,$(EXECUTED),$(EDITION)) $(call stale,$(EXECUTED),$(NOTEBOOKS) $(REFERENCE))
	@$(call listed,$(NOTEBOOKS) $(REFERENCE)) > $@.inputs
	$(STUDY) notebooks
	@$(call contents,$(EDITION)) > $@ && touch -r $@.inputs $@

$(ARTICLE): $(EXECUTED) $(PROSE) $(call changed,$(ARTICLE),$(PUBLISHED)) $(call stale,$(ARTICLE),$(PROSE))
	@$(call listed,$(PROSE)) > $@.inputs
	$(STUDY) article
	@$(call contents,$(PUBLISHED)) > $@ && touch -r $@.inputs $@
