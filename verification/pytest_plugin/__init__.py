"""The suite's part of pytest's command line: options, which cases are collected, progress, and what is reported at the end."""
