"""Examines an installation, one part after the other: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

import requests
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from outreach import applied, status
from outreach.assembly import EXAMPLE, OWN_ADDRESS
from outreach.channels.imap import places
from outreach.channels.oauth import tokens_of
from outreach.channels.server import is_loopback
from outreach.config import Settings
from outreach.doctor import asking, domains, verdicts
from outreach.doctor.asking import within
from outreach.doctor.verdicts import Finding, Verdict, error, ok, warning
from outreach.domain.policies import Senders
from outreach.errors import ChannelError, NotFound, OutreachError, SettingsError, without_addresses

__all__ = ["Doctor", "Finding", "Verdict", "examine"]

DEADLINE = 12.0
"""Seconds until a check is given up: more than all that it waits for by itself."""

DNS_DEADLINE = 3.0
LEAST_TOKEN = 16  # characters


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Yield what each check found, in order, as soon as it is known. Nothing is sent and nothing is changed."""
    return Doctor(settings, now).examine()


class Doctor:
    """One examination; later checks use what earlier ones have read."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        self._settings = settings
        self._now = now
        self._senders: Senders | None = None
        self._status: status.Status | None = None
        self._clocks: dict[str, float] = {}

    def examine(self) -> Iterator[Finding]:
        """Yield what each check found. One that fails says so in its own line, and the next one follows."""
        checks: tuple[tuple[str, Callable[[], Iterable[Finding]], float], ...] = (
            ("settings", self._check_settings, DEADLINE),
            ("database", self._check_database, DEADLINE),
            ("senders", self._check_addresses, DEADLINE),
            ("broker", self._check_broker, DEADLINE),
            ("smtp", self._check_smtp, DEADLINE),
            ("imap", self._check_imap, DEADLINE),
            ("pages", self._check_pages, DEADLINE),
            ("dns", self._check_domains, DNS_DEADLINE),
            ("clock", self._check_clock, DEADLINE),
            ("work", self._check_work, DEADLINE),
        )
        for name, check, seconds in checks:
            yield from _safely(name, check, seconds)

    # -- settings ---------------------------------------------------------------------------------

    def _check_settings(self) -> Iterator[Finding]:
        wrong = [*self._wrong_key(), *self._wrong_address(), *self._wrong_token()]
        if self._is_dry:
            text = "OUTREACH_SMTP_URL is dry://: mails are written down as sent, and none is; put your mail server there"
            wrong.append(warning("settings", text))
        yield from wrong or [ok("settings", f"secret key, and {self._settings.base_url} for the pages")]

    def _wrong_key(self) -> Iterator[Finding]:
        try:
            self._settings.key()
        except SettingsError as wrong:
            yield error("settings", str(wrong))

    def _wrong_address(self) -> Iterator[Finding]:
        address = urlsplit(self._settings.base_url)
        if is_loopback(address.hostname or ""):
            if self._is_local:
                return
            yield error("settings", OWN_ADDRESS)
        elif address.scheme != "https":
            text = (
                "OUTREACH_BASE_URL is not https: browsers warn, and mail clients offer no one-click opt-out"
            )
            yield warning("settings", f"{text}; put a proxy with a certificate in front")

    def _wrong_token(self) -> Iterator[Finding]:
        token = self._settings.api_token
        if token is not None and len(token.get_secret_value()) < LEAST_TOKEN:
            text = f"OUTREACH_API_TOKEN is shorter than {LEAST_TOKEN} characters, and opens all pages"
            yield warning("settings", f"{text}; make a longer one")

    @property
    def _smtp_url(self) -> str:
        return self._settings.smtp_url.get_secret_value()

    @property
    def _is_dry(self) -> bool:
        return self._smtp_url.startswith("dry:")

    @property
    def _is_local(self) -> bool:
        return self._is_dry or is_loopback(_host(self._smtp_url))

    # -- what it is built on ----------------------------------------------------------------------

    def _check_database(self) -> Iterator[Finding]:
        url = self._settings.database
        with asking.opened(url) as database:
            facts = asking.database_facts(database, url)
            redis_url = self._settings.redis_url
            waiting = status.at_broker(redis_url.get_secret_value() if redis_url else None)
            with database.read() as session:
                self._status = status.read(session, self._now, waiting)
                try:
                    self._senders = applied.policies(session).policies.senders
                except NotFound as missing:
                    yield error("database", str(missing))
        if facts.ahead is not None:
            self._clocks["database"] = facts.ahead
        yield from verdicts.of_database(facts)

    def _check_addresses(self) -> Iterator[Finding]:
        say = warning if self._is_local else error
        for sender in self._senders.senders if self._senders else ():
            if EXAMPLE.search(sender.address):
                text = f"{sender.name} in senders.yaml still has an example's address; put your own in, then apply"
                yield say("senders", text)

    def _check_broker(self) -> Iterator[Finding]:
        redis_url = self._settings.redis_url
        if redis_url is None:
            yield verdicts.of_broker(None)
            return
        try:
            facts = asking.broker_facts(redis_url.get_secret_value())
        except (RedisError, ValueError) as wrong:
            text = f"no Redis answers at OUTREACH_REDIS_URL: {type(wrong).__name__}; start it, or mend the address"
            yield error("broker", text)
            return
        self._clocks["broker"] = facts.ahead
        yield verdicts.of_broker(facts)

    def _check_smtp(self) -> Iterator[Finding]:
        if self._is_dry:
            return
        yield _reached("smtp", "OUTREACH_SMTP_URL", partial(self._open_smtp, self._smtp_url))

    def _open_smtp(self, url: str) -> str:
        asking.log_in_to_smtp(url, tokens_of(self._settings))
        return f"{_host(url)} answers" + (" and takes the login" if "@" in url else "")

    def _check_imap(self) -> Iterator[Finding]:
        if self._settings.imap_url is None:
            text = "OUTREACH_IMAP_URL is not set: replies and bounces are not seen; set it, or tell them by the API"
            yield warning("imap", text)
            return
        tokens = tokens_of(self._settings)
        try:
            listed = places(self._settings.imap_url.get_secret_value())
        except SettingsError as wrong:
            yield error("imap", f"OUTREACH_IMAP_URL: {wrong}")
            return
        for where in listed:
            try:
                if where.grant is not None:
                    tokens.check(where.grant)
            except SettingsError as wrong:
                yield error("imap", f"OUTREACH_IMAP_URL: {where.host}: {wrong}")
            else:
                yield _reached("imap", "OUTREACH_IMAP_URL", partial(asking.read_mailbox, where, tokens))

    def _check_pages(self) -> Iterator[Finding]:
        base_url = self._settings.base_url
        try:
            ahead = asking.fetch_pixel(base_url)
        except SettingsError as wrong:
            yield error(
                "pages",
                f"{base_url} answers {wrong}; have OUTREACH_BASE_URL or its proxy lead to outreach web",
            )
            return
        except requests.RequestException as wrong:
            text = f"{base_url} can not be reached from here ({type(wrong).__name__})"
            yield warning("pages", f"{text}; start outreach web, or mend its proxy, DNS or certificate")
            return
        if ahead is not None:
            self._clocks["pages"] = ahead
        yield ok("pages", f"{base_url} answers")

    def _check_domains(self) -> Iterator[Finding]:
        if self._is_dry or self._senders is None:
            return
        addresses = [sender.address for sender in self._senders.senders if not EXAMPLE.search(sender.address)]
        for records in domains.ask(address.rpartition("@")[2].lower() for address in addresses):
            yield from verdicts.of_domain(records)

    def _check_clock(self) -> Iterator[Finding]:
        yield verdicts.of_clock(self._clocks)

    def _check_work(self) -> Iterator[Finding]:
        if self._status is not None:
            yield from verdicts.of_work(self._status)


def _safely(name: str, check: Callable[[], Iterable[Finding]], seconds: float) -> Iterator[Finding]:
    """Yield what a check finds; nothing that it meets ends the examination."""
    try:
        yield from within(seconds, lambda: list(check()))
    except TimeoutError:
        say = warning if name == "dns" else error
        yield say(
            name, f"could not be asked within {seconds:.0f} s; look whether it, or the way to it, is blocked"
        )
    except OutreachError as wrong:
        yield error(name, without_addresses(str(wrong)).replace("\n", " "))
    except SQLAlchemyError as wrong:
        # The text of a database error could hold an address.
        yield error(name, f"the database failed: {type(getattr(wrong, 'orig', None) or wrong).__name__}")
    except Exception as wrong:
        yield error(name, f"could not be checked: {type(wrong).__name__}")


def _reached(name: str, setting: str, ask: Callable[[], str]) -> Finding:
    try:
        return ok(name, ask())
    except ChannelError as wrong:
        return error(name, f"{str(wrong).replace(chr(10), ' ')}; mend {setting} or the server")


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
