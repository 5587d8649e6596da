"""What a browser has shown the right to: applications by number, files it uploaded. Kept in its session only."""

from __future__ import annotations

from django.http import HttpRequest

from fadu.kernel import applications, models
from fadu.rules.errors import NotFound
from fadu.web.shared import presence
from fadu.web.shared.typed import Typed, uploads_in

HELD, UPLOADED = "portal_held", "portal_uploaded"
MOST_FILES = 100


def hold(request: HttpRequest, application: models.Application) -> None:
    """From now on this browser sees the application, until it is closed or the code is another."""
    held = request.session.get(HELD, {})
    request.session[HELD] = {**held, application.number: applications.seal_of(application)}
    presence.stay(request)
    if not request.user.is_authenticated:
        request.session.set_expiry(0)


def holds(request: HttpRequest, application: models.Application) -> bool:
    """Who works on it goes on holding it: a session ends so long after the last look, not after the first."""
    held = bool(request.session.get(HELD, {}).get(application.number) == applications.seal_of(application))
    if held:
        presence.stay(request)
    return held


def of_number(request: HttpRequest, number: str) -> models.Application:
    """The application with this number, if this browser holds it. Raises NotFound alike when it does not exist."""
    found = models.Application.objects.filter(number=number).first()
    if found is None or not holds(request, found):
        raise NotFound("申请")
    return found


def release(request: HttpRequest) -> None:
    """Forgets everything: for whoever used a device of others."""
    for name in (HELD, UPLOADED):
        request.session.pop(name, None)


def take_uploads(request: HttpRequest, typed: Typed, before: Typed) -> None:
    """Only files that this browser uploaded, or that stood in the draft before, stay in the form."""
    known = set(uploads_in(before)) | set(request.session.get(UPLOADED, ()))
    for name in typed.names():
        if name.endswith("-kept"):
            typed.put(name, *(entry for entry in typed.every(name) if entry in known))


def note_uploads(request: HttpRequest, typed: Typed) -> None:
    """Remembers the files of a form that was just checked by take_uploads and added to."""
    kept = [*request.session.get(UPLOADED, ()), *uploads_in(typed)]
    request.session[UPLOADED] = list(dict.fromkeys(kept))[-MOST_FILES:]
