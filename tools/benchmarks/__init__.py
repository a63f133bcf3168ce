"""The parts of tools/bench.py: programs that are run, jobs that are compared, processes as a whole, scaling, tables."""
