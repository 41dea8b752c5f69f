"""Says who may see the pages and call the API."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from outreach.channels.server import is_loopback
from outreach.web.site import Site, peer

Handler = Callable[[Request], Awaitable[Response]]

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def guarded(site: Site, handler: Handler) -> Handler:
    """Return the handler of a page that only people at this machine, or with the token, may see."""

    async def answer(request: Request) -> Response:
        if at_this_desk(site, request) or has_token(site, request):
            return await handler(request)
        if site.settings.api_token is None:
            text = (
                "These pages are for this machine only. To see them from elsewhere, set OUTREACH_API_TOKEN."
            )
            return site.message("Not from here", text, code=403)
        text = "Any user name will do; the password is the value of OUTREACH_API_TOKEN."
        return site.message("Please sign in", text, code=401, WWW_Authenticate='Basic realm="outreach"')

    return answer


def at_this_desk(site: Site, request: Request) -> bool:
    """Answer whether the request was made on this machine, and by nobody else through it.

    Behind a proxy every request comes from this machine: so only with a base URL that is loopback itself, no
    sign of a proxy, and a loopback host name, which a page elsewhere can not make a browser send.
    """
    public = urlsplit(site.settings.base_url).hostname or ""
    return (
        is_loopback(public)
        and is_loopback(peer(request))
        and is_loopback(request.url.hostname or "")
        and not any(name in request.headers for name in FORWARDED)
    )


def has_token(site: Site, request: Request, *, password: bool = True) -> bool:
    """Answer whether the request carries OUTREACH_API_TOKEN as a bearer token, or as a password if that will do."""
    if site.settings.api_token is None:
        return False
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic" and password:
        value = _password(value)
    elif scheme.lower() != "bearer":
        return False
    expected = site.settings.api_token.get_secret_value()
    return bool(expected) and hmac.compare_digest(value.strip().encode("utf-8"), expected.encode("utf-8"))


def _password(value: str) -> str:
    try:
        decoded = base64.b64decode(value.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return decoded.partition(":")[2]
