"""The value of a network's quantity in each arithmetic that a printed block may state."""

from verification.arithmetics import floating_point, network_chain
from verification.arithmetics.floating_point import UNKNOWN
from verification.case import Case
from verification.certification.certified_value import CertifiedValue
from verification.certification.when_judged import certified
from worked_examples import NetworkExample
from worked_examples.printed.quantities import Quantity

NOT_CERTIFIED = UNKNOWN._replace(of="beyond the budget of --certify")


def network_value(case: Case[NetworkExample], quantity: Quantity, epoch: int, arithmetic: str) -> CertifiedValue | None:
    """What an arithmetic gives for a quantity at an epoch; without a finite radius where it is not certified."""
    if arithmetic == "rounded chain":
        return network_chain.network_value(case, quantity, epoch)
    if arithmetic == "exact":
        return certified(case.session, case.example).value(quantity, case.example, epoch) or NOT_CERTIFIED
    return floating_point.network_value(case, quantity, epoch, arithmetic)
