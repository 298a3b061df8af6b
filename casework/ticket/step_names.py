"""What each step of an officer's is called, on pages, in rows and in chats."""

from enum import StrEnum


class StepName(StrEnum):
    """A step that an officer can take, the likeliest first: so pages show them.

    `casework.desk.steps` says which are possible now, `casework.desk.asked` what each asks.
    """

    ACCEPT = "accept"
    RESOLVE = "resolve"
    REFER = "refer"
    OVERTURN = "overturn"
    STRIKE = "strike"
    RESUME = "resume"
    ASK = "ask"
    MILESTONE = "milestone"
    HOLD = "hold"
    ESCALATE = "escalate"
    ADD = "add"
    REACHED = "reached"
    RETURN = "return"
    DECLINE = "decline"
    OUT_OF_SCOPE = "out_of_scope"
    MERGE = "merge"
    RECALL = "recall"
    HAND_OVER = "hand_over"
    REOPEN = "reopen"
    UPHOLD = "uphold"
    SPARE = "spare"
    VOID = "void"


STEP_NAMES = frozenset(StepName)
