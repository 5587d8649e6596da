"""Gates that many procedures use, as constructors with the sentence and article given by the caller."""

from __future__ import annotations

from collections.abc import Callable

from fadu.rules.procedure import Gate, Lead, Paper, PartyRole, Step
from fadu.rules.view import View


def done(step: Step, sentence: str, article: str | None = None, todo: str | None = None) -> Gate:
    """The step has been done."""
    return Gate(
        name=f"done_{step.name}",
        sentence=sentence,
        article=article,
        todo=todo,
        reads=(f"step:{step.name}",),
        holds=lambda view: view.did(step.name),
    )


def has_party(role: PartyRole, article: str | None = None) -> Gate:
    """At least one party of this role is named."""
    return Gate(
        name=f"has_{role.name}",
        sentence=f"没有明确的{role.label}",
        article=article,
        todo=f"请先登记{role.label}。",
        reads=(f"party:{role.name}",),
        holds=lambda view: bool(view.parties(role.name)),
    )


def over(clock: str, sentence: str, article: str, todo: str | None = None) -> Gate:
    """The period or the minimum wait has run out."""
    return Gate(
        name=f"over_{clock}",
        sentence=sentence,
        article=article,
        todo=todo,
        reads=(f"clock:{clock}",),
        holds=lambda view: view.over(clock),
    )


def in_time(clock: str, sentence: str, article: str, todo: str | None = None) -> Gate:
    """What the clock waits for came in time (or the clock never ran)."""
    return Gate(
        name=f"in_time_{clock}",
        sentence=sentence,
        article=article,
        todo=todo,
        reads=(f"clock:{clock}",),
        holds=lambda view: view.kept(clock),
    )


def missed(clock: str, sentence: str, article: str, todo: str | None = None) -> Gate:
    """The period was missed: it ran out unanswered, or the answer came after it."""
    return Gate(
        name=f"missed_{clock}",
        sentence=sentence,
        article=article,
        todo=todo,
        reads=(f"clock:{clock}",),
        holds=lambda view: not view.kept(clock),
    )


def served(paper: Paper, article: str | None = None) -> Gate:
    """The newest such paper has reached everybody it is meant for."""
    return Gate(
        name=f"served_{paper.name}",
        sentence=f"《{paper.label}》尚未全部送达",
        article=article,
        todo=f"请先登记《{paper.label}》的送达情况。",
        reads=(f"paper:{paper.name}",),
        holds=lambda view: view.served(paper.name),
    )


def published(paper: Paper, article: str) -> Gate:
    """The newest such paper was made public."""
    return Gate(
        name=f"published_{paper.name}",
        sentence=f"《{paper.label}》还没有向社会公开",
        article=article,
        todo=f"请先对《{paper.label}》办理“向社会公开”。",
        reads=(f"paper:{paper.name}",),
        holds=lambda view: view.published(paper.name),
    )


def all_served(article: str | None = None) -> Gate:
    """Every paper issued in the case has reached everybody it is meant for."""
    return Gate(
        name="all_served",
        sentence="还有文书没有送达完毕",
        article=article,
        todo="请在“文书与送达”中逐份登记送达情况。",
        reads=("papers",),
        holds=lambda view: view.all_served(),
    )


def in_good_time(lead: Lead, article: str) -> Gate:
    """Everybody was given notice the prescribed time before the day."""
    return Gate(
        name=f"lead_{lead.name}",
        sentence=f"{lead.label}的期限不足",
        article=article,
        todo="请另定日期并重新通知，或者在通知送达满规定时间后举行"
        + (f"；当事人同意的，办理“{lead.consent.label}”。" if lead.consent else "。"),
        reads=(f"lead:{lead.name}",),
        holds=lambda view: view.in_good_time(lead.name),
    )


def fact(
    name: str,
    test: Callable[[object], bool],
    sentence: str,
    article: str | None = None,
    todo: str | None = None,
) -> Gate:
    """A fact has an allowed value."""
    return Gate(
        name=f"fact_{name}",
        sentence=sentence,
        article=article,
        todo=todo,
        reads=(f"fact:{name}",),
        holds=lambda view: test(view.fact(name)),
    )


def names_in(text: object) -> set[str]:
    """The names in a list that people typed: 李某、赵某."""
    return set(str(text or "").replace("，", "、").replace(" ", "").split("、")) - {""}


def listed(register: str, name: str, sentence: str, article: str, todo: str | None = None, *, where: str = "") -> Gate:
    """What a fact names stands in a register on the day of the act; where: a yes-or-no fact of the entry that is yes.

    Whoever handles the case keeps the register; one in which nothing is entered is not compared with.
    """

    def holds(view: View) -> bool:
        entries = view.entries(register)
        found = {key for key, data in entries.items() if not where or data.get(where)}
        return not entries or names_in(view.fact(name)) <= found

    reads = (f"fact:{name}", f"register:{register}")
    return Gate(name=f"listed_{register}", sentence=sentence, article=article, todo=todo, reads=reads, holds=holds)


def within_amount(
    name: str, statute: str, amount: str, sentence: str, article: str, todo: str | None = None, *, when: tuple[str, str]
) -> Gate:
    """Where a fact has that value, the money that `name` states is no more than the law's amount of the day."""
    condition, value = when

    def holds(view: View) -> bool:
        stated = view.fact(name)
        return view.fact(condition) != value or (stated is not None and stated <= view.amount(statute, amount))

    reads = (f"fact:{condition}", f"fact:{name}", f"amount:{statute}·{amount}")
    return Gate(name=f"within_{name}", sentence=sentence, article=article, todo=todo, reads=reads, holds=holds)


def another_person(step: Step, sentence: str) -> Gate:
    """Whoever acts now is not the one who did that step last (separation of duties)."""
    return Gate(
        name=f"not_by_same_as_{step.name}",
        sentence=sentence,
        todo="请由另一名工作人员办理。",
        reads=(f"step:{step.name}",),
        holds=lambda view: view.actor is None or view.done_by(step.name) != view.actor,
    )
