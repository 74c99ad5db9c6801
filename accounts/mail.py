"""Mails that the product writes itself; those about passwords and second steps are allauth's."""

from __future__ import annotations

from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string

from accounts.models import Invitation


class MailNotSent(Exception):
    """The mail server did not take the mail."""


def send_invitation(invitation: Invitation, *, link: str) -> None:
    """Send the link that lets the invited person in.

    :raises MailNotSent: if the mail server did not take it; the invitation stays and can be sent again
    """
    text = render_to_string("accounts/mail/invitation.txt", {"invitation": invitation, "link": link})
    # A line break would begin another header; names of organisations are typed by people.
    subject = " ".join(f"{invitation.organisation} invites you to Countersign".split())
    try:
        send_mail(subject, text, None, [invitation.email])
    except (SMTPException, OSError) as problem:
        raise MailNotSent(
            f"The invitation of {invitation.email} is stored, but the mail server did not take the mail. "
            "Send it again when it works."
        ) from problem
