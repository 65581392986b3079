# gongbao: Chinese local gazette text in, tables out. `make help` lists the targets.
#
# Sources are found, not listed: every folder under stages/ other than lib is one
# program in build/bin, stages/lib is build/lib/libgongbao.a, every
# tests/unit/test_*.c is one test program, tests/fuzz/x.c one target of a fuzzer.
# SANITIZE=1 builds the same under AddressSanitizer and UndefinedBehaviorSanitizer,
# into build/sanitize; FUZZ=1 besides under libFuzzer, with clang, into build/fuzz.

BUILD := $(if $(FUZZ),build/fuzz,$(if $(SANITIZE),build/sanitize,build))

PACKAGES := icu-uc icu-i18n libpcre2-8 libxml-2.0 yaml-0.1 nettle tidy
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes
# objects that can be linked without lto too: dozens of test programs would take minutes
CFLAGS   ?= -O3 -g -flto=auto -ffat-lto-objects
FLAGS    := -std=c17 -D_GNU_SOURCE $(WARNINGS) $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LDLIBS   := -Wl,--as-needed $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lm
# Programs hold their libraries, where these are there as archives: to find and join shared
# ones takes longer at each start than most of them work over a gazette. All but Tidy, of
# which Debian has no archive: only decode reads web pages. (ICU may warn of dlopen, which
# it is not asked for.)
HELD     := pcre2-8 xml2 z lzma yaml nettle icui18n icuuc icudata stdc++
STATIC   := $(if $(SANITIZE),,$(if $(filter-out /%,$(foreach name,$(HELD),$(shell $(CC) -print-file-name=lib$(name).a))),,1))
ifdef FUZZ
CC       := clang
CFLAGS   := -O2 -g
FLAGS    += -fsanitize=fuzzer-no-link
SANITIZE := 1
endif
ifdef SANITIZE
CFLAGS   := $(filter-out -flto% -ffat-lto%,$(CFLAGS))
FLAGS    += -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -DARENA_GAP=16
endif

STAGES   := $(filter-out lib,$(sort $(notdir $(patsubst %/,%,$(dir $(wildcard stages/*/*.c))))))
PROGRAMS := $(STAGES:%=$(BUILD)/bin/%)
LIBRARY  := $(BUILD)/lib/libgongbao.a
# what unit tests may use of the stages: everything but the files with a main
PARTS    := $(BUILD)/lib/libstages.a
TESTS    := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/test_*.c))
RULES    := $(if $(wildcard tests/rules/main.c),$(BUILD)/tests/rulecheck)
# what tests/fuzz has beside its targets: a driver, helpers, and mutators that serve libFuzzer alone
FUZZLIB  := replay files %_mutator
TARGETS  := $(filter-out $(FUZZLIB),$(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c)))
FUZZERS  := $(TARGETS:%=$(BUILD)/tests/fuzz/%)

objects   = $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard $(1)/*.c))
MAINS    := $(STAGES:%=$(BUILD)/obj/stages/%/main.o)

# one job per processor, unless this make was started by another
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += --jobs=$(shell nproc) --no-print-directory
endif

.PHONY: all tests fuzzers demo check check-cluster lint fuzz bench corpus-report format clean help
.DELETE_ON_ERROR:
.SECONDARY:

all: $(PROGRAMS) ## build the programs (the default)

tests: all $(TESTS) $(RULES) $(FUZZERS) ## build the test programs too

fuzzers: $(FUZZERS)

demo: ## install what is missing, build, run on corpus/ and show the tables
	@tests/packages.sh build
	@$(MAKE) all
	@tests/demo.sh

check: ## run all tests; one alone: make check SUITE=golden CASE=name
	@tests/packages.sh build check
	@$(MAKE) tests
	@$(MAKE) SANITIZE=1 tests
	@SUITE="$(SUITE)" CASE="$(CASE)" tests/check.sh

check-cluster: ## run the tests of --slurm, on a Slurm cluster that they start
	@tests/packages.sh build cluster
	@$(MAKE) all
	@CASE="$(CASE)" tests/cluster.sh

lint: ## run the static checks over sources, scripts and man pages
	@tests/packages.sh build check lint
	@FLAGS="$(FLAGS)" tests/lint.sh

fuzz: ## feed made-up bytes to the parts that read, a minute each: make fuzz SECONDS=600 TARGET=rules
	@tests/packages.sh build fuzz
	@$(MAKE) all
	@$(MAKE) FUZZ=1 fuzzers
	@tests/fuzz-run.sh $(or $(SECONDS),60) $(or $(TARGET),$(TARGETS))

bench: ## measure the pipeline beside uconv on the same bytes
	@tests/packages.sh build bench
	@$(MAKE) all $(RULES)
	@tests/bench.sh

corpus-report: ## run over the real texts beside the project: what gives rows, what is passed over
	@tests/packages.sh build
	@$(MAKE) all
	@tests/corpus-report.sh

format: ## lay out the C sources
	clang-format -i $(wildcard stages/*/*.[ch] tests/*/*.[ch])

clean: ## remove what was built
	rm -rf build

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 15

# A program is the objects of its folder and the library.
define program
$(BUILD)/bin/$(1): $(call objects,stages/$(1)) $(LIBRARY)
endef
$(foreach stage,$(STAGES),$(eval $(call program,$(stage))))

ifdef STATIC
$(PROGRAMS): LDLIBS := -static-pie $(HELD:%=-l%) -lm -Wl,--no-warnings
$(BUILD)/bin/decode: LDLIBS := -Wl,--as-needed,-Bstatic $(HELD:%=-l%) -Wl,-Bdynamic -ltidy -lm
endif
$(PROGRAMS):
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LIBRARY): $(call objects,stages/lib)
$(PARTS): $(filter-out $(MAINS),$(foreach stage,$(STAGES),$(call objects,stages/$(stage))))

# made anew: a source that is gone leaves no object behind, and two stages may
# have files of one name
$(LIBRARY) $(PARTS):
	@mkdir -p $(@D)
	@rm -f $@
	$(AR) qcs $@ $^

$(TESTS): $(BUILD)/tests/unit/%: $(BUILD)/obj/tests/unit/%.o $(PARTS) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(CFLAGS) -fno-lto $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

$(BUILD)/tests/rulecheck: $(call objects,tests/rules) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# A target is linked with the stage of its name, where there is one, and with what
# calls it: libFuzzer, which may have a mutator of its own for it, or replay.
ifdef FUZZ
CALLER    = $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/fuzz/$*_mutator.c))
else
CALLER   := $(BUILD)/obj/tests/fuzz/replay.o
endif
.SECONDEXPANSION:
$(FUZZERS): $(BUILD)/tests/fuzz/%: $(BUILD)/obj/tests/fuzz/%.o $(BUILD)/obj/tests/fuzz/files.o $$(CALLER) \
		$$(filter-out $(MAINS),$$(call objects,stages/$$*)) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(if $(FUZZ),-fsanitize=fuzzer) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

-include $(wildcard $(BUILD)/obj/*/*/*.d)
