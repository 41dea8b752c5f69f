"""Commands on mailboxes: get consent to read one by OAuth."""

from __future__ import annotations

from typing import Annotated

import typer

from outreach.cli.context import settings
from outreach.errors import InputError

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
    port: Annotated[int, typer.Option(help="Where the answer comes back to; 0: any that is free.")] = 0,
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
    grant = oauth.Grant(provider, address)
    app = oauth.tokens_of(known).app(provider)
    with Consent(oauth.PROVIDERS[provider], app, address, port) as consent:
        typer.echo(f"Open this page, and say yes as {address}:\n\n{consent.page}\n")
        answer = (
            typer.prompt("The address the browser ended up at") if paste else consent.wait(CONSENT_SECONDS)
        )
        issued = consent.exchange(answer)
    oauth.vault_of(known).put(grant, issued.refresh_token)
    typer.echo(f"Kept. The mailbox's address is written with oauth={provider} and without a password.")
