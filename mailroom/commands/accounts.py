"""`mailroom account`: who of the body's staff can sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from mailroom import house
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.config import Settings
from mailroom.screen import FAILED, leave, put, put_json, say
from records import accounts, people
from records.accounts import SET_UP_LASTS
from records.events import Actor
from records.models.accounts import Account, LinkPurpose
from records.models.people import BODY_ROLES, Role
from records.notices import ask
from records.values import Wrong, spoken_moment

_group = typer.Typer(
    help="Accounts of the body's staff.",
    epilog="Example: mailroom account add --user-name mjones --first-name Mair --last-name Jones --role assessor",
    no_args_is_help=True,
    rich_markup_mode=None,
)
ACTOR = Actor.machine("command line")


def add_to(application: typer.Typer) -> None:
    application.add_typer(_group, name="account")


@_group.command(epilog="Example: mailroom account add --user-name mjones --first-name Mair --last-name Jones --role assessor")
def add(
    user_name: Annotated[str, typer.Option(help="What they type to sign in. It need not be an email address.")],
    first_name: Annotated[str, typer.Option()],
    last_name: Annotated[str, typer.Option()],
    role: Annotated[list[Role], typer.Option(help="What they are at the body. May be given several times.")],
    mail_to: Annotated[str, typer.Option(help="Send the set-up link to this address instead of printing it.")] = "",
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Add an account. Prints a link with which its owner chooses a password; it works once."""
    settings = settings_of(config)
    if unfit := sorted(set(role) - BODY_ROLES):
        leave(2, f"Not a role at the body: {', '.join(unfit)}. Roles: {', '.join(sorted(BODY_ROLES))}.")
    if mail_to and not settings.mail_goes_out:
        leave(2, "No letters go out: set notifications.smarthost first, or leave --mail-to out.")
    with house.opened(settings) as open_house, open_house.database.writing() as session:
        now = open_house.clock()
        try:
            account = accounts.add_account(
                session, user_name=user_name, first_name=first_name, last_name=last_name, roles=role, now=now, actor=ACTOR
            )
        except Wrong as wrong:
            leave(FAILED, f"{wrong}.")
        link = set_up_link(session, account, settings, now)
        if mail_to:
            _by_mail(session, account, mail_to, link, now)
    if mail_to:
        say("The set-up link is on its way.")
    elif as_json:
        put_json({"user_name": account.user_name, "set_up_link": link, "ends_at": (now + SET_UP_LASTS).isoformat()})
    else:
        say(f"Give this link to the owner of the account. It works once, until {spoken_moment(now + SET_UP_LASTS)}:")
        put(link)


def set_up_link(session: Session, account: Account, settings: Settings, now: datetime) -> str:
    return f"{settings.public_url}/set-up/{accounts.make_link(session, account, LinkPurpose.SET_UP, now)}"


def _by_mail(session: Session, account: Account, address: str, link: str, now: datetime) -> None:
    people.add_address(session, account.person, address, now)
    ask(
        session,
        kind="set_up_link",
        key=f"set_up_link:{account.id}:{now.isoformat()}",
        to_address=address,
        now=now,
        content={"user_name": account.user_name, "link": link, "ends_at": (now + SET_UP_LASTS).isoformat()},
        to_person_id=account.person_id,
    )
