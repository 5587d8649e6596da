"""规范性文件清理: a round over the documents in force; each is kept, modified, repealed or has expired.

Law: 优化营商环境条例 art. 61, 地方组织法 art. 75. Not covered: the carrying out of 修改, which is a making of its own.
"""

from __future__ import annotations

from fadu.common import standing
from fadu.domains.lawmaking.cleanup_facts import PUBLIC, CleanupFacts, CleanupOutcome, ListedDocument
from fadu.domains.lawmaking.making.shared import CHANGE_ARTICLE, LAW, ROOT
from fadu.domains.lawmaking.registers import DOCUMENTS, DocumentChange
from fadu.rules.gates import done
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    ORGAN_HEAD,
    ChangesRegister,
    Clock,
    Done,
    Gate,
    InPaper,
    Items,
    Lapse,
    LapseEffect,
    Paper,
    Period,
    Procedure,
    State,
    Step,
)

LISTING = State("listing", "摸底中")
SORTING = State("sorting", "清理中")
DECIDED = State("decided", "已决定清理结果")
PUBLISHED = State("published", "清理结果已公布", final=True)
NONE_FOUND = State("none_found", "没有需要清理的文件", final=True)

catalogue = Paper(
    name="cleanup_catalogue", label="规范性文件清理结果目录", series="规清", audience=PUBLIC, publish=True
)

start = Step(
    name="start_cleanup",
    label="部署清理",
    by=(BODY_HEAD,),
    to=LISTING,
    takes=("subject", "cleanup_kind", "topic", "term_days"),
    article=CHANGE_ARTICLE,
)
find_none = Step(
    name="find_none",
    label="认定没有需要清理的文件",
    by=(BODY_HEAD,),
    at=(LISTING,),
    to=NONE_FOUND,
    takes=("none_reason",),
    reason="none_reason",
    article=CHANGE_ARTICLE,
)
list_documents = Step(
    name="list_documents",
    label="列出纳入清理的文件",
    by=(CASE_OFFICER,),
    at=(LISTING,),
    to=SORTING,
    items=True,
    article=CHANGE_ARTICLE,
)
propose = Step(
    name="propose_results",
    label="登记清理建议",
    by=(CASE_OFFICER,),
    at=(SORTING,),
    takes=("proposals",),
    may_take=("proposal_files",),
    article=CHANGE_ARTICLE,
)
review = Step(
    name="review_results",
    label="审核清理建议",
    by=(BODY_HEAD,),
    at=(SORTING,),
    takes=("legality_findings",),
    gates=(done(propose, "起草单位还没有提出清理建议", CHANGE_ARTICLE),),
    article=CHANGE_ARTICLE,
)


def _ends(kind: DocumentChange, outcome: str) -> ChangesRegister:
    """The documents with this outcome leave the catalogue, as far as it has them."""
    return ChangesRegister(
        register=DOCUMENTS,
        change=kind,
        values={"number": "document_number"},
        each=(outcome,),
        reason="meeting_decision",
        if_listed=True,
    )


decide = Step(
    name="decide_results",
    label="集体讨论决定清理结果",
    by=(ORGAN_HEAD,),
    at=(SORTING,),
    to=DECIDED,
    takes=("meeting", "present", "meeting_decision"),
    outcomes=True,
    gates=(done(review, "清理建议还没有审核", ROOT, "请先“审核清理建议”。"),),
    issues=(catalogue,),
    changes=(_ends(DocumentChange.REPEAL, "repeal"), _ends(DocumentChange.EXPIRE, "expire")),
    article=ROOT,
)


def _agrees(fact: str, outcome: str) -> Gate:
    """The stated number is that of the documents with this outcome; without an outcome, of all."""
    label = CleanupOutcome.label_of(outcome) if outcome else "纳入清理"
    return Gate(
        name=f"agrees_{fact}",
        sentence=f"“{label}”的件数与逐件的清理结果不一致",
        article=CHANGE_ARTICLE,
        todo="请按清理结果目录重新核对。",
        reads=(f"fact:{fact}", "items"),
        holds=lambda view: (
            view.fact(fact) == len([item for item in view.items() if not outcome or item["outcome"] == outcome])
        ),
    )


record_totals = Step(
    name="record_totals",
    label="核对清理件数",
    by=(CASE_OFFICER,),
    at=(DECIDED,),
    takes=("listed", "kept", "modified", "repealed", "expired"),
    gates=(
        _agrees("listed", ""),
        _agrees("kept", "keep"),
        _agrees("modified", "modify"),
        _agrees("repealed", "repeal"),
        _agrees("expired", "expire"),
    ),
    article=CHANGE_ARTICLE,
)
close = Step(
    name="close_cleanup",
    label="公布清理结果",
    by=(CASE_OFFICER,),
    at=(DECIDED,),
    to=PUBLISHED,
    gates=(
        done(record_totals, "清理件数还没有核对", CHANGE_ARTICLE),
        done(standing.publish, "清理结果目录还没有向社会公开", "《优化营商环境条例》第三十八条"),
    ),
    article="《优化营商环境条例》第三十八条",
)

term = Clock(
    name="cleanup_term",
    label="清理期限",
    period=InPaper("term_days", CHANGE_ARTICLE),
    after=Done((start,)),
    until=(decide, find_none),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="超过清理通知所定的期限", article=CHANGE_ARTICLE),
)

disclosure = Clock(
    name="disclosure",
    label="主动公开期限",
    period=Period("政府信息公开条例", "主动公开"),
    after=Done((decide,)),
    until=(standing.publish,),
    bearer=CASE_OFFICER,
    lapse=Lapse(
        effect=LapseEffect.BREACHES, sentence="逾期未公布清理结果目录", article="《政府信息公开条例》第二十六条"
    ),
)

TEXT = Procedure(
    system="cleanup",
    version="国务院令722",
    label="规范性文件清理",
    statute=LAW,
    facts=CleanupFacts,
    states=(LISTING, SORTING, DECIDED, PUBLISHED, NONE_FOUND),
    steps=(
        start,
        find_none,
        list_documents,
        propose,
        review,
        decide,
        record_totals,
        close,
        standing.publish,
        *standing.STEPS,
    ),
    parties=(),
    clocks=(term, disclosure),
    items=Items(
        name="listed_document",
        label="清理的文件",
        model=ListedDocument,
        outcome=CleanupOutcome,
        weight=("repeal", "expire", "modify", "keep"),
    ),
    series="规清案",
    title="{subject}",
)
