"""The typed refusals of the store; each carries one sentence for a person."""

from __future__ import annotations


class StoreError(Exception):
    """Be the common ancestor of everything the store refuses."""


class DatabaseRefused(StoreError):
    """Say that the database cannot be used as it is: missing, damaged, foreign or newer."""


class NotMigrated(StoreError):
    """Say that the database has not the shape that this program needs."""


class WriterQueueTimeout(StoreError):
    """Say that the wait for this process's turn to write took too long."""


class NestedTransaction(StoreError):
    """Say that one thread asked for a second write transaction inside its first."""


class TicketChanged(StoreError):
    """Say that the ticket's row was written by somebody else since it was read."""


class DuePointNotPending(StoreError):
    """Say that a due point cannot be settled because it is not waiting."""


class PostNotPending(StoreError):
    """Say that a posted command cannot be settled because it is not waiting."""


class NeedUnknown(StoreError):
    """Say that an outbox row waits for a key nobody has enqueued."""


class LeaseLost(StoreError):
    """Say that an outbox row is no longer held by the one who wants to settle it."""


class PolicyUnknown(StoreError):
    """Say that no policy body is stored under this version."""


class PolicyDiffers(StoreError):
    """Say that another body is already stored under this policy version."""


class JournalBroken(StoreError):
    """Say that a chain cannot be continued because its end is not what its head says."""
