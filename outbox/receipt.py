"""What the other side answered once it had the message; owns nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Receipt:
    """Proof that a message exists outside: the other side's own id, and where a person can see it."""

    remote_id: str
    remote_url: str = ""

    def __post_init__(self) -> None:
        if not self.remote_id:
            raise ValueError("A receipt without an id proves nothing.")
