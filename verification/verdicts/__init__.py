"""Does a printed number hold? Rounding, verdicts, intervals."""
