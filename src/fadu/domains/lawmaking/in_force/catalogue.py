"""How acts on a document change its entry in the catalogue of documents in force."""

from __future__ import annotations

from collections.abc import Mapping

from fadu.domains.lawmaking.registers import DOCUMENTS, DocumentChange
from fadu.rules.procedure import ChangesRegister, DayAfter, LastDayOf, Source

KEY: Mapping[str, Source] = {"number": "document_number"}
ENTRY: Mapping[str, Source] = {
    **KEY,
    "subject": "subject",
    "issued_by": "issued_by",
    "effective_on": "effective_on",
    "valid_until": LastDayOf("validity"),
}


def listed(since: str = "", **more: Source) -> ChangesRegister:
    """The document is entered."""
    return ChangesRegister(register=DOCUMENTS, change=DocumentChange.PROMULGATE, values={**ENTRY, **more}, since=since)


def changed(kind: DocumentChange, reason: str = "", **facts: Source) -> ChangesRegister:
    """Its entry is changed or ends; one that a cleanup has ended already stays as it is."""
    ends = kind in (DocumentChange.REPEAL, DocumentChange.EXPIRE)
    return ChangesRegister(register=DOCUMENTS, change=kind, values={**KEY, **facts}, reason=reason, if_listed=ends)


ran_out = ChangesRegister(
    register=DOCUMENTS,
    change=DocumentChange.EXPIRE,
    values=KEY,
    since=DayAfter("validity"),
    reason="validity_basis",
)
