# Included by the Makefile: data sets, and the benchmark against PyTorch.
PYTHON ?= python3

.PHONY: data sample bench accuracy
## obtain the full MNIST into data/mnist, every file verified
data:
	tools/fetch-mnist.sh data/mnist

## make data/sample again from Debian's package dataset-fashion-mnist
sample:
	$(PYTHON) tools/make-sample.py

## training speed beside PyTorch, start-up time beside C, memory: one interleaved run
bench: build
	$(PYTHON) tools/bench.py $(BENCH)

## train every network on three seeds; mean test accuracies (minutes)
accuracy: build
	$(PYTHON) tools/accuracy.py $(ACCURACY)
