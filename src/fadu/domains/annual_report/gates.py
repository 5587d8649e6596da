"""Conditions of the yearly report."""

from __future__ import annotations

import re

from fadu.common import approval
from fadu.domains.annual_report import facts as f
from fadu.rules import wording
from fadu.rules.procedure import Gate
from fadu.rules.view import View

_KEPT = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_DIGEST = re.compile(r"(sm3:)?[0-9a-f]{64}")


def _year_ends(view: View) -> bool:
    """A year told in digits ends on the last day of that year; from this day the periods are reckoned."""
    year = "".join(re.findall("[0-9]", view.fact("year") or ""))
    return not year or view.fact("year_end") == f"{year}-12-31"


year_ends = Gate(
    name="year_ends",
    sentence="报告年度终了之日不是该年度的十二月三十一日",
    todo="请在编制报告时改正报告年度或者终了之日，报送、公开的期限随之改正。",
    article=f.ARTICLE,
    reads=("fact:year", "fact:year_end"),
    holds=_year_ends,
)
local_named = Gate(
    name="local_named",
    sentence="本级报送对象与报告主体不符",
    todo="政府、政府部门请用“变更当事人”登记本级报送对象，并重新填写终了之日；乡镇、街道没有本级报送对象。",
    article=f.ARTICLE,
    reads=("fact:reporter", "party:local"),
    holds=lambda view: bool(view.parties("local")) is (view.fact("reporter") != f.Reporter.TOWNSHIP),
)


def _kept_well(view: View) -> bool:
    """Both in their form; the number ends with what the digest begins with. Whether it exists, the house tells."""
    kept, digest = view.fact("kept_report"), view.fact("kept_digest")
    if kept is None or digest is None:
        return True
    begins = digest.removeprefix("sm3:").startswith(kept.rpartition("-")[-1])
    return begins and bool(_KEPT.fullmatch(kept) and _DIGEST.fullmatch(digest))


kept_well = Gate(
    name="kept_well",
    sentence="留存快照的编号、摘要格式不对，或者互不相符",
    todo="请照报告出处（.json）中的快照编号和SM3摘要填写。",
    article=f.ARTICLE,
    reads=("fact:kept_report", "fact:kept_digest"),
    holds=_kept_well,
)
CONTENTS = ("progress", "shortfall", "first_duty", "plan", "other_matters")
_MARK = re.compile("【[^【】\n]*】")


def _marks(view: View) -> tuple[str, ...]:
    """Places of the text to be signed where a figure should stand and its name does."""
    return tuple(found for name in CONTENTS for found in _MARK.findall(view.fact(name) or ""))


figures_stand = Gate(
    name="figures_stand",
    sentence="正文里还有没有换成数字的指标名称",
    todo="请在年度报告页面点“按现在的文字编制报告”，或者把它们改成数字。",
    article=f.ARTICLE,
    reads=tuple(f"fact:{name}" for name in CONTENTS),
    holds=lambda view: not _marks(view),
    tells=_marks,
)


def _differing(view: View) -> tuple[wording.Differing, ...]:
    """Sentences of the compiled text whose figures the text to be signed has not, wherever it has them."""
    text = "\n".join(view.fact(name) or "" for name in CONTENTS)
    return wording.differing([view.fact("compiled_text") or ""], text)


as_compiled = Gate(
    name="as_compiled",
    sentence="正文的数字与汇编的文字不同",
    todo="请照汇编的文字改正正文；确有理由不同的，填写“与汇编不同的理由”。",
    article=f.ARTICLE,
    reads=("fact:compiled_text", "fact:difference_reason", *(f"fact:{name}" for name in CONTENTS)),
    holds=lambda view: bool(view.fact("difference_reason")) or not _differing(view),
    tells=_differing,
)


def _votes_agree(view: View) -> bool:
    """Votes are counted only where there was one; with no more for than against, nothing was approved."""
    vote, cast = view.fact("congress_vote"), [view.fact(name) for name in VOTES]
    if vote in (None, f.Vote.NONE):
        return cast == [None] * len(VOTES)
    votes = [number or 0 for number in cast]
    return not any(votes) or vote != f.Vote.APPROVED or votes[0] > votes[1]


VOTES = ("votes_for", "votes_against", "votes_withheld")
votes_agree = Gate(
    name="votes_agree",
    sentence="票数与表决结果不符",
    todo="表决的填写结果和票数；不表决的，不填票数。",
    article=f.ARTICLE,
    reads=("fact:congress_vote", *(f"fact:{name}" for name in VOTES)),
    holds=_votes_agree,
)
is_public = Gate(
    name="is_public",
    sentence="年度报告还没有向社会公开",
    todo="请先办理“向社会公开”或者“公开不涉密的部分”。",
    article=f.ARTICLE,
    reads=("step:publish", "step:publish_part"),
    holds=lambda view: view.did("publish") or view.did("publish_part"),
)
is_address = Gate(
    name="is_address",
    sentence="公开的网址不是一个网址",
    todo="请从浏览器的地址栏复制，以 http:// 或者 https:// 开头。",
    article=f.ARTICLE,
    reads=("fact:website_address",),
    holds=lambda view: bool(_ADDRESS.fullmatch(view.fact("website_address") or "")),
)
stamped = Gate(
    name="stamped",
    sentence="年度报告还没有用印",
    todo="请印章管理人员先用印。",
    article=f.ARTICLE,
    reads=("track:approval",),
    holds=lambda view: view.track(approval.APPROVAL.name, "sign_report") != approval.SIGNED.name,
)


def has_secrecy(found: f.Secrecy, sentence: str) -> Gate:
    """The review for secrecy found this."""
    return Gate(
        name=f"secrecy_{found}",
        sentence=sentence,
        article=f.ARTICLE,
        reads=("fact:secrecy",),
        holds=lambda view: view.fact("secrecy") == found,
    )


opinion_answered = Gate(
    name="opinion_answered",
    sentence="人大常委会的审议意见还没有报告研究处理情况",
    todo="请先报送审议意见研究处理情况。",
    article=f.ARTICLE,
    reads=("step:hear_congress", "step:answer_congress"),
    holds=lambda view: not view.did("hear_congress") or view.did("answer_congress"),
)
all_submitted = Gate(
    name="all_submitted",
    sentence="还有报送对象没有报送",
    todo="请先报送上一级；登记了本级报送对象的，也请报送本级。",
    article=f.ARTICLE,
    reads=("party:local", "step:submit_superior", "step:submit_local"),
    holds=lambda view: view.did("submit_superior") and (not view.parties("local") or view.did("submit_local")),
)
dealt_with = Gate(
    name="published_or_private",
    sentence="年度报告还没有向社会公开，也没有登记不公开",
    todo="请先公开；涉及党和国家秘密的，公开其余部分，或者登记不公开。",
    article=f.ARTICLE,
    reads=("step:publish", "step:publish_part", "step:keep_private"),
    holds=lambda view: view.did("publish") or view.did("publish_part") or view.did("keep_private"),
)
