"""The words of a printed block: names, numbers, marks, and what NumPy, PyTorch and TensorFlow write around an array."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from worked_examples.limits import LONGEST_WORD
from worked_examples.printed.console import Line, PrintedError, lines, metrics
from worked_examples.printed.notations import DIGITS, FRACTION, NUMBER, PERCENT, THOUSANDS, fault

INDEX = r"\[[0-9]{1,9}(?:, ?[0-9]{1,9})*\]"
TYPES = r"(?:float|int|uint|bfloat)[0-9]{1,3}|bool_?"
CALL = (
    rf"(?P<call>(?:(?:np|numpy)\.)?(?:array|{TYPES})\(|(?:torch\.)?tensor\(|tf\.Tensor\("
    rf"|<tf\.Tensor:|<tf\.Variable '[^'\n]{{0,{LONGEST_WORD}}}'|<(?:Keras)?Variable path=[^\s,>]{{0,{LONGEST_WORD}}},)"
)
ATTRIBUTE = (
    rf"(?P<attribute>dtype=(?P<quote>['\"]?)(?:\w+\.)?(?:{TYPES})(?P=quote)(?!\w)|grad_fn=<\w+>"
    r"|(?:requires_grad|trainable)=(?:True|False)|device='[\w:]+')"
)
ONE = rf"{FRACTION}(?![\w.])|(?:{NUMBER})(?![\w.])"
REST = (
    r"|(?P<containing>Parameter containing:)|(?P<rest>\.\.\.|…)"
    rf"|(?P<name>[^\W\d]\w*(?:\.\w+|{INDEX})*)|(?P<torn>-(?=\s+[0-9]))|(?P<dash>-(?=\s+[^\W\d]))|(?P<mark>~=|[=:≈,;|\[\]()>])"
)
TOP = re.compile(rf"{CALL}|np\.(?P<truth>True|False)_|(?P<number>{PERCENT}|{THOUSANDS}(?![\w.])|{ONE}){REST}")
IN_BRACKETS = re.compile(rf"{CALL}|np\.(?P<truth>True|False)_|(?P<number>{PERCENT}|{ONE}){REST}")
IN_CALL = re.compile(rf"{CALL}|{ATTRIBUTE}|np\.(?P<truth>True|False)_|(?P<number>{PERCENT}|{ONE}){REST}")
UNIT = r"°?[^\W\d_][^\s,;|=:)\]]{0,30}"
WITH_UNIT = re.compile(rf"(?P<number>{THOUSANDS}|{FRACTION}|{NUMBER})[ \t]?(?P<unit>{UNIT})(?=[\s,;|=:)\]]|$)(?!\s*[=:≈~])")
GLUED = re.compile(rf"[-+]?{DIGITS}(?P<unit>[^\W\d_]+)(?![\w.])")
LABEL_END = re.compile(r"[=:≈]|~=")
SAME_AS = {"≈": "=", "~=": "=", "-": ","}
CLOSING = {"[": "]", "(": ")"}


class Token(NamedTuple):
    """One word of a printed block and its line (from 1)."""

    kind: str
    text: str
    line: int


def closing(opening: str) -> str:
    """The mark that ends what an opening bracket or the head of an array begins."""
    return ">" if opening.startswith("<") else CLOSING[opening[-1]]


class Tokenizer:
    """Splits a block into tokens; ``labels`` are whole lines of words that are names, ``units`` words that follow numbers."""

    def __init__(self, labels: Collection[str] = (), units: Collection[str] = ()) -> None:
        self.labels, self.units = frozenset(labels), frozenset(units)
        self.open: list[str] = []

    def tokens(self, text: str) -> Iterator[Token]:
        """Names, numbers, marks, and heads of arrays with their attributes.

        Raises:
            PrintedError: for a word that is none of these, and beyond a limit.

        """
        for line in lines(text):
            if line.label:
                yield checked(Token("name", line.label, line.number))
            yield from self.of_line(line if self.open else line._replace(text=metrics(line)))

    def of_line(self, line: Line) -> Iterator[Token]:
        """The tokens of one line."""
        label = "" if self.open else self.label(line.text)
        position, torn, before = line.text.find(label) + len(label), "", label
        if label:
            yield checked(Token("name", label, line.number))
        while position < len(line.text):
            if line.text[position].isspace():
                position += 1
                continue
            kind, word, position = self.word(line, position)
            if kind == "torn":
                torn = sign(word, before, line)
            elif kind != "containing":
                self.count(word, kind)
                yield checked(Token(kind, torn + word, line.number))
                torn, before = "", word if kind == "name" else ""

    def label(self, text: str) -> str:
        """The words in front of a mark, or the whole line, where they are one of the labels."""
        heads = (LABEL_END.split(text, maxsplit=1)[0].strip(), text.strip())
        return next((head for head in heads if head and head in self.labels), "")

    def word(self, line: Line, position: int) -> tuple[str, str, int]:
        """Kind and text of the word at a position, and where it ends."""
        unit = WITH_UNIT.match(line.text, position) if self.units else None
        if unit and unit["unit"] in self.units:
            return "number", unit["number"], unit.end()
        pattern = TOP if not self.open else IN_BRACKETS if self.open[-1] in CLOSING else IN_CALL
        match = pattern.match(line.text, position)
        if not match:
            raise PrintedError(f"line {line.number}: {self.no_word(line.text, position)}")
        kind, word = str(match.lastgroup), match[0]
        if kind == "rest":
            raise PrintedError(f"line {line.number}: '{word}' stands for numbers that are not printed; {ELIDED}")
        if kind == "truth":
            kind, word = "number", match["truth"]
        if kind in ("dash", "mark"):
            return "mark", SAME_AS.get(word, word), match.end()
        return kind, word.replace(" %", "%") if kind == "number" else word, match.end()

    def no_word(self, text: str, position: int) -> str:
        """What is wrong with what is no word."""
        word = text[position:].split(maxsplit=1)[0]
        glued = None if self.open else GLUED.match(text, position)
        hint = f"; if '{glued['unit']}' is a unit: units = [\"{glued['unit']}\"]" if glued else ""
        return f"'{word}' is neither a name nor a number{hint}"

    def count(self, word: str, kind: str) -> None:
        """Keep account of what is open."""
        if kind == "call" or word in CLOSING:
            self.open.append(word)
        elif self.open and word == closing(self.open[-1]):
            self.open.pop()


def sign(word: str, before: str, line: Line) -> str:
    """A minus that a blank separates from its number.

    Raises:
        PrintedError: directly behind a name, where it may be a dash.

    """
    if before:
        raise PrintedError(f"line {line.number}: '{word}' behind '{before}' is a sign or a dash; write = between name and number")
    return word


ELIDED = "print them all: np.set_printoptions(threshold=sys.maxsize), torch.set_printoptions(profile='full')"


def checked(token: Token) -> Token:
    """The token.

    Raises:
        PrintedError: where a number or name is beyond the limits.

    """
    wrong = fault(token.text) if token.kind == "number" else ""
    if token.kind == "name" and len(token.text) > LONGEST_WORD:
        wrong = f"a name of {len(token.text):,} characters; accepted: at most {LONGEST_WORD}"
    if wrong:
        raise PrintedError(f"line {token.line}: {wrong}")
    return token
