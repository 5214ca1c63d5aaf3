"""The posts that the record knows, kept in step with the office file."""

from sqlalchemy import delete, select, update

from models.case.addressing import AT
from models.case.consultation import Consultation
from models.case.copy import Copy
from models.case.draft import DispositionDraft
from models.case.journey import SYSTEM
from models.case.task import Task
from models.office.invitation import Invite
from models.office.proposal import AdminProposal, ProposalState
from models.office.tenure import Post, Tenure
from models.repository.records import Records
from models.rules.office_file import PostSpec
from models.search.document import SearchDocument


def adopt_posts(records: Records) -> None:
    """Let each post of the office file be known under its present title; a post that left the file stays known."""
    for post in records.rules.office.posts:
        records.session.merge(Post(code=post.code, title=post.title, short=post.short))
    records.session.flush()


def rename_posts(records: Records) -> list[PostSpec]:
    """Let all of a post that has a new code go along: tenures, tasks, copies, invites, and what is prepared for it.

    Returns the renamed posts.

    To be called while nobody works with the former codes, after `adopt_posts`. The office's journal says what was
    renamed, because the journals of the cases tell the former code (`models/proof/renames.py`).
    """
    renamed = []
    for post in records.rules.office.posts:
        former = records.session.get(Post, post.formerly) if post.formerly else None
        if former is None:
            continue
        records.lock_office_to_change()
        for kind in (Tenure, Task, Invite, Consultation, Copy):
            moving = update(kind).where(kind.post == former.code).values(post=post.code)
            records.session.execute(moving, execution_options={"synchronize_session": False})
        raised = update(Task).where(Task.raised_from == former.code).values(raised_from=post.code)
        records.session.execute(raised, execution_options={"synchronize_session": False})
        _move_prepared(records, former.code, post.code)
        records.session.delete(former)
        records.session.flush()
        records.forget_office()
        records.log_office("rename-post", capacity=SYSTEM, post=post.code, formerly=post.formerly)
        renamed.append(post)
    if renamed:
        # The index names the former codes: it is made again while the bot works.
        records.session.execute(delete(SearchDocument))
    return renamed


def _move_prepared(records: Records, former: str, code: str) -> None:
    """Let what names a post and is not done yet name it by its new code: drafts of dispositions, and proposals."""
    for draft in records.session.scalars(select(DispositionDraft)):
        if draft.consult_post == former:
            draft.consult_post = code
        renamed = [_renamed(word, former, code) for word in draft.copies or ()]
        if renamed != (draft.copies or []):
            draft.copies = renamed
    waiting = select(AdminProposal).where(AdminProposal.state == ProposalState.OPEN)
    for proposal in records.session.scalars(waiting):
        if proposal.data.get("post") == former:
            proposal.data = {**proposal.data, "post": code}


def _renamed(word: str, former: str, code: str) -> str:
    """Return the word for whom an addressee of a copy is (`models/case/addressing.py`) after a post was renamed."""
    post, at, person = word.partition(AT)
    return f"{code}{at}{person}" if post == former else word
