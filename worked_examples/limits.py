"""The limits of a fixture, and why: every file is read within a few seconds, whatever is in it.

Each limit leaves the examples of this project at least ten times room; the comments say what their largest is. Where that is not
possible (axes of an array), the comment says why.
"""

import math
from collections.abc import Iterable
from decimal import Decimal

LARGEST_FILE = 1_000_000  # bytes; ours 23,084: the parser of TOML reads about a megabyte in a second
DEEPEST = 100  # tables and arrays in each other; ours 9: Python's stack has 1,000 levels, and each of these takes several
KEY_PARTS = 30  # of a dotted key; ours 3: each is looked up again for each longer one
LONGEST_WORD = 300  # characters of a key or a number outside quotes; ours 35: Python converts no whole number of over 4,300 digits
MOST_ENTRIES = 20_000  # of one table or array in a file; ours 38: what is looked up among all of them takes time for each
LONGEST_TEXT = 100_000  # characters of a string; ours 1,745: a block of console output
LONGEST_LINE = 2_000  # characters of a message
LONGEST_EXPRESSION = 2_000  # characters; ours 184
DEEPEST_EXPRESSION = 100  # operations in each other; ours below 10: they are evaluated by recursion
ITERATIONS = 200_000  # entries that the loops of an expression make; ours below 1,000: about a second

LONGEST_NUMBER = 200  # characters; ours 20
EXPONENT = 300  # greatest power of ten of a number, and of its reciprocal; ours 10: float64 ends at 1.8e308
PRINTED_NUMBERS = 5_000  # in one block; ours 108
PRINTED_IN_ALL = 20_000  # in one fixture; ours 113
PRINTED_DEPTH = 20  # brackets in each other; ours 2
LARGEST_WHOLE = 10**15  # a whole number that is a count or an index; ours 10^7: exact in every type, float64 too

AXES = 8  # of an array; ours 4: frameworks have no more in some of their operations
GENERATED = 700_000  # entries of arrays that a fixture makes: random weights, data, variants; ours 101,632, which never become
# texts, or 62,741 that do: more take long
CALCULATED = 1_000_000  # entries of an array that a step computes; ours 48,000
MULTIPLICATIONS = 10_000_000  # of one step; ours 240,000: exact arithmetic makes about a million in a second
LARGEST_EXPONENT = 10_000  # of a power; ours 4
STEPS = 1_000  # operations of a calculation; ours 40
LAYERS = 5_000  # of a network, repetitions written out; ours 363
SIZE = 1_000_000  # units, filters, rows, columns, strides of layers; ours 4,096
WEIGHTS = 1_500_000_000  # of a network of which only sizes are known; ours 138 million: Keras has memory for them

EPOCHS = 100_000_000  # where a training's loop ends; ours 10^7
UPDATES = 100_000_000  # of a training whose end is known; ours 1,078,011: an engine makes about 30,000 in a second
PASSES = 10_000  # of an iterated calculation; ours 100, and exact fractions grow with each
PASS_OPERATIONS = 50_000  # of all passes; ours 3,600: exact arithmetic takes some microseconds for each
ITERATED = 1_000_000  # numbers and multiplications of all passes; ours 20,000: exact arithmetic makes so many in a few seconds


def product(sizes: Iterable[int]) -> int:
    """The number of entries of an array of this shape."""
    return math.prod(sizes)


def entries_fault(count: int, most: int = GENERATED) -> str:
    """What is wrong with the number of entries that a fixture makes, and what is accepted; empty where nothing is."""
    return f"{count:,} numbers; accepted: at most {most:,}" if count > most else ""


def number_fault(text: str) -> str:
    """What is wrong with the size of a decimal string, and what is accepted; empty where nothing is.

    An exponent is compared as text first: ``10 ** 999999999`` would never end.
    """
    if len(text) > LONGEST_NUMBER:
        return f"a number of {len(text):,} characters; accepted: at most {LONGEST_NUMBER}"
    mantissa, _, exponent = text.lower().partition("e")
    if len(exponent.lstrip("+-0")) > 4 or not in_range(Decimal(mantissa), int(exponent or 0)):
        return f"'{text}' is out of range; accepted: 0, and from 1e-{EXPONENT} to 1e{EXPONENT}, with or without a sign"
    return ""


def in_range(mantissa: Decimal, exponent: int) -> bool:
    """Whether a number is 0, or neither too great nor too small for float64."""
    return abs(exponent) <= EXPONENT + LONGEST_NUMBER and (not mantissa or abs(mantissa.adjusted() + exponent) <= EXPONENT)
