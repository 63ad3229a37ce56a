"""C is compiled as it is written."""

import ctypes

import pytest

from adapters.reference.traced import compiler
from adapters.reference.traced.compiler import CompilerError, compiled

SUM = "#include <math.h>\nlong run(double *p) { p[0] = p[1] * p[2] + p[3]; return 7; }\n"


@pytest.mark.skipif(compiler.compiler() is None, reason="no C compiler (cc) is at hand: nothing can be compiled")
def test_a_program_runs() -> None:
    """Products are rounded before they are added: no contraction to a fused multiply-add."""
    numbers = (ctypes.c_double * 4)(0, 1 + 2.0**-30, 1 - 2.0**-30, -1)
    assert compiled(SUM)(numbers) == 7
    assert numbers[0] == 0


@pytest.mark.skipif(compiler.compiler() is None, reason="no C compiler (cc) is at hand: nothing can be compiled")
def test_what_cannot_be_compiled_is_told() -> None:
    """With what the compiler says."""
    with pytest.raises(CompilerError, match=r"does not compile the update: .*error"):
        compiled("long run( {")


def test_a_missing_compiler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """No library is made."""
    monkeypatch.setattr(compiler, "compiler", lambda: None)
    with pytest.raises(CompilerError, match=r"no C compiler \(cc\) is at hand"):
        compiled(SUM + "\n")
