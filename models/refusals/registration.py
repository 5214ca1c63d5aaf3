"""What the rules refuse to people who register, or who come with an invite."""

from dataclasses import dataclass

from models.refusals.refusal import Refusal


@dataclass(eq=False)
class NotRegistered(Refusal):
    """Someone unknown asked for something only a registered person may have."""


@dataclass(eq=False)
class InviteInvalid(Refusal):
    """The invite does not exist, has expired, or was used; the three are not told apart."""


@dataclass(eq=False)
class InviteWithdrawn(InviteInvalid):
    """The invite was recalled before anybody used it, by an admin or with the account that had told it."""


@dataclass(eq=False)
class InviteOver(Refusal):
    """The invite that is to be withdrawn serves nobody any more."""


@dataclass(eq=False)
class InviteAwaitsAnswer(Refusal):
    """The invite that is to be withdrawn was used: the person called `name` waits to be accepted or turned down."""

    name: str


@dataclass(eq=False)
class NipInvalid(Refusal):
    """The text is no NIP. `fault` is a value of `NipFault`; `digits` counts the digits of the text."""

    fault: str
    digits: int


@dataclass(eq=False)
class NipTaken(Refusal):
    """Another Telegram account is bound to this NIP."""


@dataclass(eq=False)
class NameInvalid(Refusal):
    """The text is no name. `fault` is a value of `NameFault`."""

    fault: str


@dataclass(eq=False)
class AlreadyRegistered(Refusal):
    """This Telegram account is bound to a person already."""

    name: str
