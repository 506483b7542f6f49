"""Which ways out are set up, and who carries a row out on each."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from bot.courier.attempts import Deliverer
from bot.courier.delivery import PlainDelivery, SlackDelivery
from bot.courier.mailing import MailDelivery
from bot.courier.references import PeopleByMail
from bot.courier.verdict import Ask
from bot.engine.facts import Facts
from bot.gateways.brakes import Brakes
from bot.gateways.mail import MailGateway
from bot.gateways.outcomes import Sending
from bot.gateways.pager import PagerGateway
from bot.gateways.statuspage import StatusPageGateway
from bot.settings import Settings

_log = logging.getLogger(__name__)


def deliverers(
    settings: Settings, brakes: Brakes, facts: Facts, given: Mapping[str, Sending], ask: Ask
) -> dict[str, Deliverer]:
    """Return who carries rows out, by gateway: those set up, and those given instead."""
    people = PeopleByMail(brakes, facts.mail_of, id_of=facts.slack_id)
    slack = SlackDelivery(
        brakes, people, bot_user=lambda: facts.known.identity.bot_user or None, ask=ask
    )
    found: dict[str, Deliverer] = {"slack": slack}
    found |= {name: PlainDelivery(gateway, ask=ask) for name, gateway in given.items()}
    mail_url = settings.mail.url
    if mail_url is not None and "mail" not in given:
        found["mail"] = MailDelivery(
            MailGateway(
                mail_url.get_secret_value(),
                sender=settings.mail.sender,
                vendor=facts.policy.vendor_name,
            ),
            ask=ask,
        )
    if settings.pager.url is not None and "pager" not in given:
        found["pager"] = PlainDelivery(PagerGateway(settings.pager.url.get_secret_value()))
    page_url = settings.status_page.url
    if page_url is not None and "status" not in given:
        found["status"] = PlainDelivery(StatusPageGateway(page_url.get_secret_value()), ask=ask)
    return found


def say_what_is_missing(settings: Settings) -> None:
    """Say at start which roads out are not there: silence would be taken for a promise."""
    if settings.mail.url is None:
        _log.warning("No mail server (SMTP_URL): no mail leaves.")
    if settings.pager.url is None:
        _log.warning("No pager (BRIDGEWATCH_PAGER_URL): nobody is woken.")
    if settings.status_page.url is None:
        _log.warning(
            "No status page (BRIDGEWATCH_STATUSPAGE_URL): a person puts released texts up."
        )
