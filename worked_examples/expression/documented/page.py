"""The page of the formulas, ``docs/formulas.md``: the language, and every name with operands, what it gives, and its gradient."""

from collections.abc import Iterator
from textwrap import wrap

from reference.graph import FUNCTIONS
from worked_examples.expression.callables import OPERATORS, PARAMETERS, called, parameters_of
from worked_examples.expression.documented.list_words import section
from worked_examples.expression.documented.words import OF_PARAMETERS, WORDS
from worked_examples.limits import (
    DEEPEST_EXPRESSION,
    ITERATED,
    LARGEST_EXPONENT,
    LONGEST_EXPRESSION,
    PASS_OPERATIONS,
    PASSES,
    STEPS,
)
from worked_examples.schema.calculations.infinities import TAKES_INFINITIES

WIDTH = 120
HEAD = f"""<!-- Written by `python -m worked_examples` from the tables of the formulas; do not edit. -->

# Formulas

The steps of a calculation are a text, one `NAME = FORMULA` a line:

```toml
kind = "calculation"
gradients_of = "E"
steps = \"\"\"
i, f, g, o = split(x @ W + h0 @ U + b, 4, axis=1)   # the gates of an LSTM
c = sigmoid(f) * c0 + sigmoid(i) * tanh(g)
h = sigmoid(o) * tanh(c)
E = sum((h - t)**2) / 2
\"\"\"
```

Python's parser reads them, and nothing is executed. A formula has the names of inputs and of earlier lines, numbers, signs, an
index, `.T`, and functions by name. Every name has a value, and where `gradients_of` is given also a gradient: a printed `d_NAME`.

- **Numbers** are decimals and exact: `0.1` is a tenth in exact arithmetic, and the nearest number of a floating-point type in that.
- **Infinities** are `inf` and `-inf`, in inputs `"inf"` and `"-inf"`: `softmax(where(mask > 0, scores, -inf))` masks scores.
- **Names** get their value once. `#` begins a comment; inside of brackets a formula goes on in the next line.
- **Signs** are Python's, with its precedence: `-a ** 2` is `-(a ** 2)`.
- **Comparisons** give 1 and 0, one at a time: `(a > 0) * (a < 1)` for both; `where(a > 0, a, 0.1 * a)` selects.
- **An index** is written out: `x[0]`, `x[:, 1:3]`, `x[::-1]`; an entry by label is `pick(x, labels)`.
- **Parameters** are written out too, behind the operands or by keyword: `reshape(x, (2, 3))`, `sum(x, axis=0, keepdims=True)`.
- **Gradients** are exact where a function has a slope. At a jump they are 0; where two operands or entries are equal, the first
  is selected. An operand without gradient (a setting, such as epsilon) cannot be asked for one.
- **Limits**: {STEPS:,} operations in all; in one formula {LONGEST_EXPRESSION:,} characters, {DEEPEST_EXPRESSION} operations in each
  other, and exponents to {LARGEST_EXPONENT:,}.

## Derivatives

| formula | gives |
| --- | --- |
| `gradient(E, w)` | the gradient of the step E by the input, state or step w, in the shape of w; of an array E, that of its sum |
| `numerical_gradient(E, w, h)` | `(E(w + h) - E(w - h)) / (2 h)`, entry by entry of w, for a step E that is one number |

They are numbers like any others: `w - 0.1 * gradient(E, w)`. Each engine differentiates by itself. All that does not depend on w is
held fixed, states among it. Gradients are not differentiated again: of what goes through one, `gradient` and
`gradients_of` refuse the gradient, and `numerical_gradient` gives it by what the inner gradient takes as given; by a step that
it goes through itself, it is refused too.

## Iterations

Formulas that are repeated have a table of their own:

```toml
kind = "calculation"
inputs = {{ w = ["-3", "4"], v = ["0", "0"] }}

[iteration]
state = ["w", "v"]                # inputs, drawn numbers, or steps: their values are those at the start
times = 100
until = "E < 0.01"                # may be left out
steps = \"\"\"
E = sum(w ** 2)
v = 0.9 * v - 0.1 * gradient(E, w)
w = w + v
\"\"\"

[[printed]]
where = "console"
text = \"\"\"
iteration 1, E = 25, w = [-2.4 3.2]
iteration 2, E = 16
\"\"\"
```

- **States** are changed by one line of a pass each; above it they have the value that the pass before left, below it the new one.
- **Steps** before the iteration are `steps`, as ever; what does not change from pass to pass belongs there.
- **Numbers of iterations** are those of the passes, from 1, or from 0 with `first = 0`. What is printed of iteration K is what pass
  K gives; `iteration = 0` is the start where the first pass is number 1. The number is printed in front (`iteration`, or a name of
  `[printed.names]` that means it), or the `iteration` of the block; without one, the last iteration is meant.
- **`until`** is tested after every pass, by exact numbers, and ends the iteration where it is not 0; `times` is the most passes.
  Where its enclosure leaves it open, what is printed from there on is undecided. In a floating-point type, and in a rounded chain,
  the iteration must provably end with the same pass.
- **`gradients_of`** goes back through all passes, as in backpropagation through time; a state is cut off with `gradient` instead,
  which takes the states at the start of a pass as given.
- **Limits**: {PASSES:,} passes, {PASS_OPERATIONS:,} operations in all of them, {ITERATED:,} numbers and multiplications.

Of each function: how it is called, what it gives, and its gradient. `dy` is the upstream gradient, that of the function's value
`y`; what was broadcast has the sum of its gradients. What is in `[, ...]` may be left out.
"""


def page() -> str:
    """The text of ``docs/formulas.md``."""
    return "\n".join(
        [
            HEAD,
            "## Signs",
            "",
            *table(list(OPERATORS)),
            "",
            "## Functions",
            "",
            *table(named()),
            "",
            "## Infinities",
            "",
            *infinities(),
            "",
            "## Parameters",
            "",
            *rows(),
            "",
            *section(),
        ]
    )


def named() -> list[str]:
    """The functions that have no sign, in the order of the alphabet."""
    return sorted(name for name in FUNCTIONS if name not in OPERATORS)


def table(names: list[str]) -> Iterator[str]:
    """One row for each function."""
    yield "| formula | gives | gradient |"
    yield "| --- | --- | --- |"
    for name in names:
        yield f"| `{form(name)}` | {WORDS[name].gives} | {WORDS[name].gradient} |"


def infinities() -> Iterator[str]:
    """One row for each infinity, and which functions take them."""
    yield "| number | meaning |"
    yield "| --- | --- |"
    yield "| `inf` | plus infinity; its reciprocal is 0 |"
    yield "| `-inf` | minus infinity: `exp(-inf)` is 0, and of a masked score the share in a softmax and its gradient are 0 |"
    yield ""
    yield "What has no value is refused: `inf - inf`, `0 * inf`, the softmax of a row that is `-inf` throughout, a printed gradient"
    yield "with `0 * inf` in it (that by `d` of `softmax(masked / d)`; mask behind the quotient). Infinite operands are taken by"
    forms = [OPERATORS.get(name, called(name)) for name in FUNCTIONS if name in TAKES_INFINITIES]
    yield from wrap(", ".join(f"`{form}`" for form in forms) + ".", WIDTH)


def rows() -> Iterator[str]:
    """One row for each parameter."""
    yield "| parameter | meaning |"
    yield "| --- | --- |"
    for name in PARAMETERS:
        yield f"| `{name}` | {OF_PARAMETERS[name]} |"


def form(name: str) -> str:
    """How a function is written, with the names of its operands and parameters."""
    if name in OPERATORS:
        return OPERATORS[name]
    required = [key for key in FUNCTIONS[name].required if key != "part"]
    optional = "".join(f"[, {key}]" for key in parameters_of(FUNCTIONS[name]) if key not in required)
    return f"{called(name)}({', '.join([WORDS[name].operands, *required])}{optional})"
