"""What an invited person gets by mail."""

import logging
from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from studio.accounts.invitations.services import Issued

log = logging.getLogger(__name__)


def send(issued: Sequence[Issued], links: Sequence[str]) -> bool:
    """To each that has an address; False when the mail server did not take them all."""
    letters = [_letter(each, link) for each, link in zip(issued, links, strict=True) if each.invitation.email]
    if not letters or not settings.SENDS_MAIL:
        return True
    try:
        return get_connection().send_messages(letters) == len(letters)
    except (SMTPException, OSError) as error:
        log.warning("invitations were not mailed: %s", error)
        return False


def _letter(issued: Issued, link: str) -> EmailMessage:
    invitation = issued.invitation
    subject = _("%(name)s invites you to %(team)s") % {
        "name": invitation.made_by.name,
        "team": invitation.team.name,
    }
    body = render_to_string("invitations/letter.txt", {"invitation": invitation, "link": link})
    return EmailMessage(" ".join(subject.split()), body, to=[invitation.email])
