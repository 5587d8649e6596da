"""权责清单的公布: each list, new or changed, is made public in time. Staff that moved with a reform stands in a book.

Law: 政府信息公开条例 arts 17, 20, 26 (`fadu.common.disclosure`); 机构编制管理条例, art. 22.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import book, disclosure
from fadu.domains.powers import lists
from fadu.domains.powers.reform import ARTICLE, LAW, VERSION
from fadu.rules.facts import Audience, Count, Fact, Text

PUBLIC = Audience.PUBLIC


class PublicationFacts(disclosure.DisclosureFacts):
    """Which of the lists of powers and duties."""

    list_kind: Annotated[lists.ListKind, Fact("清单种类", PUBLIC, indexed=True)]


class TransferFacts(book.BookFacts):
    """How many people moved from where to where when the reform was carried out."""

    subject: Annotated[Text, Fact("划转事项", indexed=True, hint="例：原法制办整建制划入司法局")]
    from_department: Annotated[Text, Fact("划出单位")]
    to_department: Annotated[Text, Fact("划入单位")]
    persons: Annotated[Count, Fact("划转人数", indexed=True)]
    legal_staff: Annotated[bool, Fact("法制机构人员", indexed=True)]
    decision_number: Annotated[Text, Fact("批准文号")]


TEXT_2019 = disclosure.disclosure("list_publication", "权责清单公布", PublicationFacts, "清公案")
transfer = book.record(
    "record_transfer",
    "登记人员划转",
    ARTICLE,
    ("subject", "from_department", "to_department", "persons", "legal_staff"),
    ("decision_number",),
)
TRANSFERS = book.Shelf(statute=LAW, version=VERSION).book(
    "staff_transfer", "机构改革人员划转台账", TransferFacts, transfer, "{subject}"
)
