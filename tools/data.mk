# Included by the Makefile: data sets, reference cases, and the benchmark against PyTorch.
PYTHON ?= python3

.PHONY: bench-targets data data-cifar sample pictures reference bench bench-primitives accuracy sweep
## obtain the full MNIST into data/mnist, every file verified
data:
	tools/fetch-mnist.sh data/mnist

## obtain CIFAR-10 into data/cifar-10, verified by its published sum
data-cifar:
	tools/fetch-cifar.sh data/cifar-10

## make data/sample again from Debian's package dataset-fashion-mnist
sample:
	$(PYTHON) tools/make-sample.py

## make data/reference and tests/Corpus/training again with PyTorch
reference:
	@for python in $(PYTHON) /usr/bin/python3; do \
	    if $$python -c "import torch" 2>/dev/null; then $$python tools/make_training_reference.py --out tests/Corpus/training && \
	        exec $$python tools/make_reference.py --folder data/reference; exit 1; fi; \
	done; \
	echo "make reference needs a Python with PyTorch and NumPy (Debian: python3-torch); PYTHON=... names one" >&2; exit 69

## training speed beside PyTorch, start-up time beside C, memory: one interleaved run
bench: build
	$(PYTHON) tools/bench.py $(BENCH)

## primitives beside .NET's and C's: one interleaved run (BENCH=--quick only compares what they compute)
bench-primitives: build
	$(PYTHON) tools/bench_primitives.py $(BENCH)

## the three targets side by side: size, start, first prediction, training speed
bench-targets: build aot
	$(PYTHON) tools/targets.py $(BENCH)

## all 2^32 floats through text and functions: the binary's forms against each other, then against .NET (under half an hour)
sweep: build
	out/nodeps lab sweep $(or $(STRIDE),1)
	$(DOTNET) run --project tools/sweep -c Release -- $(or $(STRIDE),1)

## train every network on three seeds; mean test accuracies (minutes)
accuracy: build
	$(PYTHON) tools/accuracy.py $(ACCURACY)

## draw 1,000 pictures of digits into out/pictures and measure `predict` on them (MODEL=file: trained on MNIST)
pictures: build
	@for python in $(PYTHON) /usr/bin/python3; do \
	    if $$python -c "import PIL, numpy" 2>/dev/null; then \
	        $$python tools/make_digits.py out/pictures && exec $$python tools/measure_pictures.py out/nodeps $(MODEL) out/pictures; \
	        exit; \
	    fi; \
	done; \
	echo "make pictures needs a Python with Pillow and NumPy (Debian: python3-pil, python3-numpy); PYTHON=... names one" >&2; exit 69
