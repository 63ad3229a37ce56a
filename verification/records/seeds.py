"""Where unreproducible results lie among those of many seeds."""

from pydantic import Field

from verification.records.base import Record


class Percentile(Record):
    """Where an unreproducible printed result lies among the same result for many seeds."""

    name: str
    printed: str
    verdict: str
    percentile: float
    n_seeds: int
    derived: bool = Field(default=False, description="it is not printed, but follows from printed numbers")
    minimum: float | None
    median: float | None
    maximum: float | None
    low: float | None = Field(description="the 1 % quantile; absent where those seeds never stop")
    high: float | None = Field(description="the 99 % quantile; absent where those seeds never stop")


class SeedClaim(Record):
    """For which fraction of the seeds a claim holds."""

    says: str
    fraction: float
