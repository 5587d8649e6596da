"""Who may act for the parties of a suit: 行政诉讼法 arts 28, 31, its interpretation arts 29, 31."""

from __future__ import annotations

from fadu.domains.review.litigation import shared as s
from fadu.rules.agents import ENTRUSTED, AgentKind
from fadu.rules.procedure import NumberOfPersons, Representation

REPRESENTATION = Representation(
    agents_of=s.LITIGANTS,
    kinds=tuple(kind for kind in ENTRUSTED if kind is not AgentKind.OTHER),
    agents=NumberOfPersons("行政诉讼法", "委托代理人"),
    article="《行政诉讼法解释》第三十一条",
    represented=(s.PLAINTIFF, s.THIRD),
    numerous=NumberOfPersons("行政诉讼法", "当事人人数众多"),
    representatives=NumberOfPersons("行政诉讼法", "代表人"),
)
