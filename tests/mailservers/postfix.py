"""A Postfix on this machine: takes mail at a free port, delivers to Dovecot, and writes genuine bounces."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mailservers.dovecot import SECONDS, filled, wait_for

CONFIG = """
compatibility_level = 3.6
queue_directory = @D@/spool
data_directory = @D@/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = @HOST@
myorigin = @DOMAIN@
mydestination =
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
smtpd_recipient_restrictions = check_recipient_access regexp:@D@/etc/refused
recipient_delimiter = +
virtual_mailbox_domains = @DOMAINS@
virtual_mailbox_maps = regexp:@D@/etc/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:@LMTP@
transport_maps = texthash:@D@/etc/transport
default_transport = error:5.4.4 Nothing is sent outside
local_transport = error:5.1.1 no local mail
alias_maps =
local_recipient_maps =
smtpd_peername_lookup = no
smtp_dns_support_level = disabled
lmtp_dns_support_level = disabled
smtp_connection_cache_on_demand = no
lmtp_connection_cache_on_demand = no
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
maillog_file = @D@/maillog
maillog_file_prefixes = @D@
import_environment = MAIL_CONFIG
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
"""

SERVICES = """
127.0.0.1:@SMTP@ inet n - n - 100 smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
"""
OTHERS = (
    "rewrite=trivial-rewrite bounce defer=bounce trace=bounce verify flush proxymap smtp relay=smtp showq error "
    "retry=error discard lmtp virtual anvil scache"
)


# What its smtp client says when DNS does; no name server is asked here.
NO_HOST = "error:5.4.4 Host or domain name not found. Name service error for name=nohost.example type=AAAA: Host not found"


@dataclass(frozen=True)
class Postfix:
    """A running Postfix."""

    folder: Path
    smtp_port: int

    @property
    def smtp_url(self) -> str:
        return f"smtp://127.0.0.1:{self.smtp_port}"

    @property
    def log(self) -> str:
        """What Postfix wrote so far."""
        path = self.folder / "maillog"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


@contextmanager
def start(
    lmtp_port: int,
    smtp_port: int,
    *,
    refused: tuple[str, ...] = ("refused",),
    domains: tuple[str, ...] = ("example.com", "example.org"),
    host: str = "mx.example.com",
    settings: Mapping[str, str] | None = None,
    transports: Mapping[str, str] | None = None,
) -> Iterator[Postfix]:
    """Yield a running Postfix (root only). Local parts that begin with one of `refused` are refused at RCPT.

    `settings` are more lines of main.cf, `transports` a domain's next hop; nohost.example has no host.
    """
    folder = Path(tempfile.mkdtemp(prefix="postfix-"))
    folder.chmod(0o755)
    for name in ("etc", "spool", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    words = {
        "DOMAINS": ", ".join(domains), "DOMAIN": host.partition(".")[2], "D": str(folder), "HOST": host,
        "LMTP": str(lmtp_port), "SMTP": str(smtp_port),
    }  # fmt: skip
    more = "".join(f"{name} = {value}\n" for name, value in (settings or {}).items())
    (folder / "etc" / "main.cf").write_text(filled(CONFIG, words) + more)
    (folder / "etc" / "master.cf").write_text(filled(SERVICES, words) + _others())
    (folder / "etc" / "mailboxes").write_text("/./ ok\n")
    unknown = "550 5.1.1 User unknown in virtual mailbox table"
    (folder / "etc" / "refused").write_text("".join(f"/^{name}/ {unknown}\n" for name in refused))
    routes = "".join(
        f"{domain} {hop}\n" for domain, hop in ({"nohost.example": NO_HOST} | dict(transports or {})).items()
    )
    (folder / "etc" / "transport").write_text(routes)
    command = ["/usr/sbin/postfix", "-c", str(folder / "etc"), "start-fg"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    running = Postfix(folder, smtp_port)
    try:
        wait_for(smtp_port, process, lambda: running.log)
        yield running
    finally:
        _stop(folder, process)
        shutil.rmtree(folder, ignore_errors=True)


def _stop(folder: Path, process: subprocess.Popen[bytes]) -> None:
    # Ending what was started leaves the master running: it has a process id of its own.
    with contextlib.suppress(OSError, ValueError):
        os.kill(int((folder / "spool" / "pid" / "master.pid").read_text()), signal.SIGTERM)
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _others() -> str:
    pairs = (one.partition("=") for one in OTHERS.split())
    lines = [f"{name} unix - - n - 0 {program or name}" for name, _, program in pairs]
    return "\n".join([*lines, "postlog unix-dgram n - n - 1 postlogd", ""])
