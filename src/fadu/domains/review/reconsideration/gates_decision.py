"""Gates of the decision under the text of 2023: not worse for the applicant, a term for what is to be done."""

from __future__ import annotations

from fadu.rules.procedure import Gate


def not_worse(article: str) -> Gate:
    """Whoever asks for reconsideration is not worse off for it, unless a third party asked for the opposite."""
    return Gate(
        name="not_worse",
        sentence="不得作出对申请人更为不利的变更决定",
        article=article,
        todo="变更的，请填写“变更后对申请人更为不利”；第三人提出相反请求的，请一并填写。",
        reads=("items", "fact:less_favourable", "fact:opposite_request"),
        holds=lambda view: (
            all(item["outcome"] != "change" for item in view.items())
            or view.fact("less_favourable") is False
            or (bool(view.fact("less_favourable")) and bool(view.fact("opposite_request")))
        ),
    )


def term_told(article: str) -> Gate:
    return Gate(
        name="term_told",
        sentence="决定被申请人履行的，应当写明履行期限",
        article=article,
        todo="请填写“责令履行或者重作的期限（日）”。",
        reads=("items", "fact:performance_days"),
        holds=lambda view: (
            bool(view.fact("performance_days")) or all(item["outcome"] != "order_performance" for item in view.items())
        ),
    )
