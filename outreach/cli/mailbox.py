"""Commands on mailboxes: get consent to read one by OAuth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.context import settings
from outreach.errors import InputError

if TYPE_CHECKING:
    from outreach.channels.consent import Consent

mailbox = typer.Typer(help="Mailboxes that replies and bounces come to.", no_args_is_help=True)

CONSENT_SECONDS = 600.0


def add_to(app: typer.Typer) -> None:
    app.add_typer(mailbox, name="mailbox")


@mailbox.callback()
def _mailbox() -> None:
    """Mailboxes that replies and bounces come to."""


@mailbox.command()
def login(
    provider: Annotated[str, typer.Argument(help="google or microsoft.")],
    address: Annotated[str, typer.Argument(help="The mailbox, as in OUTREACH_IMAP_URL.")],
    paste: Annotated[
        bool, typer.Option("--paste", help="The browser is on another machine: paste where it ended up.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Where the answer comes back to; none: any that is free."),
    ] = None,
) -> None:
    """Get consent to read a mailbox and to send from it, and keep the token that is given.

    Opens nothing by itself: it prints the provider's page, and waits until somebody has said yes there. The app has
    to be registered with the provider first (docs/deploy.md, Mailboxes).
    """
    from outreach.channels import oauth
    from outreach.channels.consent import Consent

    known = settings()
    if provider not in oauth.PROVIDERS:
        raise InputError(f"there is no provider {provider}, only {' and '.join(oauth.PROVIDERS)}")
    _check(address)
    grant = oauth.Grant(provider, address)
    app = oauth.tokens_of(known).app(provider)
    listens_on = 0 if paste or port is None else port  # what is pasted comes by no port
    with Consent(oauth.PROVIDERS[provider], app, address, listens_on) as consent:
        typer.echo(f"Open this page, and say yes as {address}:\n\n{consent.page}\n")
        issued = consent.exchange(
            typer.prompt("The address the browser ended up at") if paste else _waited_for(consent)
        )
    oauth.vault_of(known).put(grant, issued.refresh_token)
    typer.echo(f"Kept. The mailbox's address is written with oauth={provider} and without a password.")


def _check(address: str) -> None:
    from outreach.domain.addresses import BadAddress, normalised

    try:
        normalised(address, reserved=True)
    except BadAddress as error:
        raise InputError(f"{address!r} is no mailbox's address: {error}") from None


def _waited_for(consent: Consent) -> str:
    minutes = CONSENT_SECONDS / 60
    typer.echo(
        f"waiting up to {minutes:.0f} minutes for the answer on port {consent.port} "
        "(or stop with Ctrl-C and use --paste)"
    )
    return consent.wait(CONSENT_SECONDS)
