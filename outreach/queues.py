"""The names of the broker's queues: what hands ids out, what counts them, and what takes them mean the same ones."""

NAMESPACE = "dramatiq"
MAIL, REPS = "mail", "reps"
"""What is told to reps does not wait behind mails."""


def in_redis(queue: str) -> str:
    """Return the list in Redis where the ids of a queue wait to be taken."""
    return f"{NAMESPACE}:{queue}"
