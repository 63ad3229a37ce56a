"""The value of a network's quantity in each arithmetic that a printed block may state."""

from reference.comparisons import UndecidedError
from verification.arithmetics import floating_point, network_chain
from verification.arithmetics.floating_point import UNKNOWN
from verification.case import Case
from verification.certification.certified_numbers import CertifiedNumbers
from verification.certification.certified_value import CertifiedValue, certified_value
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
    try:
        of_chain = arithmetic == "rounded chain"
        value = network_chain.network_value(case, quantity, epoch) if of_chain else exact_value(case, quantity, epoch)
    except UndecidedError as error:
        return UNKNOWN._replace(of=str(error))
    if value is not None or known.ends_before(epoch + quantity.n_epochs):
        return value
    return UNKNOWN._replace(of=known.unproved or f"at epoch {epoch} a comparison stays open")


def exact_value(case: Case[NetworkExample], quantity: Quantity, epoch: int) -> CertifiedValue | None:
    """The certified value of a quantity at an epoch; None where nothing is certified there.

    Raises:
        UndecidedError: where a comparison is open.

    """
    known = certified(case.session, case.example)
    numbers = case.session.once(("certified numbers", case.example.id), lambda: CertifiedNumbers(case.example, known))
    value = numbers.measured(quantity, epoch)
    return None if value is None else certified_value(value)
