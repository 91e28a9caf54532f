"""Completions and manual pages from the option definitions of the executables."""
