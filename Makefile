# make run and make test do everything; make help lists the rest.
DOTNET ?= dotnet
CONFIGURATION ?= Release
export DOTNET_CLI_TELEMETRY_OPTOUT = 1
export DOTNET_NOLOGO = 1

BUILD = $(DOTNET) build -c $(CONFIGURATION) -nologo -v quiet -clp:NoSummary
MODEL = out/model.safetensors

.PHONY: build run test soak aot debug coverage format clean help
.DEFAULT_GOAL := build

## compile everything into out/nodeps
build:
	@$(BUILD) src/NoDeps.Native/NoDeps.Native.csproj

## build, train on the best data found (DATA=dir to choose), evaluate, classify a few images
run: build
	@data=$$(tools/find-data.sh) && data=$${data#"$$PWD/"} && images=$$(ls "$$data"/t10k-images-idx3-ubyte* | head -n 1) && set -x && \
	out/nodeps train --data "$$data" --out $(MODEL) && \
	out/nodeps eval --model $(MODEL) --data "$$data" && \
	out/nodeps predict --model $(MODEL) "$$images":0-4

## every test: hosted, hosted without vector instructions, against out/nodeps and against out/aot/nodeps
test: build
	@tools/run-tests.sh

## what takes too long for every change: trainings killed and interrupted at 200 random moments under each of four recipes (KILLS=n)
KILLS ?= 200
soak: build
	@NODEPS_KILLS=$(KILLS) $(DOTNET) test tests/NoDeps.EndToEnd.Tests -c $(CONFIGURATION) -nologo -v quiet \
	    --logger "console;verbosity=normal" --filter FullyQualifiedName~StoppedAtAnyMoment

## the same program on .NET's own runtime, compiled by NativeAOT: out/aot/nodeps (ISA=x86-64-v4 for AVX-512)
aot:
	@$(DOTNET) publish src/NoDeps.Cli -c Release -r linux-x64 -o out/aot -nologo -v quiet $(if $(ISA),-p:IlcInstructionSet=$(ISA))

## line coverage of the hosted tests per project; fails below 95 % (Primitives, Formats) or 85 % (Network, Platform)
coverage:
	@tools/coverage.sh

## bring all C# sources into the form that .editorconfig describes
format:
	@$(DOTNET) format NoDeps.sln

## unoptimized, with DWARF: out/debug/nodeps, for gdb
debug:
	@$(MAKE) --no-print-directory build CONFIGURATION=Debug
	@echo "gdb out/debug/nodeps, then for example: break TrainCommand.cs:40"

## remove what was built
clean:
	rm -rf out src/*/bin src/*/obj tests/*/bin tests/*/obj

## this list
help:
	@awk '/^## / {text = substr($$0, 4)} \
	      /^[a-z0-9_.-]+:/ {split($$1, name, ":"); if (text) printf "  make %-16s %s\n", name[1], text; text = ""}' \
	      $(MAKEFILE_LIST)

include tools/data.mk
include tools/install.mk
