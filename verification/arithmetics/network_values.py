"""The value of a network's quantity in each arithmetic that a printed block may state."""

from verification.arithmetics import floating_point, network_chain
from verification.arithmetics.floating_point import UNKNOWN
from verification.case import Case
from verification.certification.certified_value import CertifiedValue
from verification.certification.when_judged import certified
from verification.exact.arithmetic import BITS
from worked_examples import NetworkExample
from worked_examples.printed.quantities import Quantity


def network_value(case: Case[NetworkExample], quantity: Quantity, epoch: int, arithmetic: str) -> CertifiedValue | None:
    """What an arithmetic gives for a quantity at an epoch; None where training ends before it.

    Where it is not certified, the value is without a finite radius and says so.
    """
    if arithmetic in BITS:
        return floating_point.network_value(case, quantity, epoch, arithmetic)
    known = certified(case.session, case.example)
    chained = arithmetic == "rounded chain"
    value = network_chain.network_value(case, quantity, epoch) if chained else known.value(quantity, case.example, epoch)
    if value is not None or known.ends_before(epoch + quantity.after_update):
        return value
    return UNKNOWN._replace(of=known.unproved or f"at epoch {epoch} a comparison stays open")
