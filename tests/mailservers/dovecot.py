"""A Dovecot on this machine: IMAP with IDLE, LMTP with Sieve, login by password and by token."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PASSWORD = "secret"
SECONDS = 20.0

CONFIG = """
base_dir=@D@/run
state_dir=@D@/state
log_path=@D@/dovecot.log
default_internal_user=@U@
default_internal_group=@G@
default_login_user=@U@
first_valid_uid=1
first_valid_gid=1
protocols=imap lmtp
ssl=no
disable_plaintext_auth=no
auth_mechanisms=plain login xoauth2 oauthbearer
auth_failure_delay=0
auth_verbose=yes
mail_location=maildir:@D@/mail/%u
hostname=@HOST@
postmaster_address=postmaster@@DOMAIN@
recipient_delimiter=+
lmtp_save_to_detail_mailbox=no
mail_max_userip_connections=100
mail_plugins=quota
submission_host=127.0.0.1:@SUBMIT@
passdb {
  driver=oauth2
  mechanisms=xoauth2 oauthbearer
  args=@D@/oauth2.conf
}
passdb {
  driver=static
  mechanisms=plain login
  args=password=@PASSWORD@
}
userdb {
  driver=passwd-file
  args=username_format=%Lu @D@/users/%Lu
}
namespace inbox {
  inbox=yes
  separator=/
  mailbox Sent {
    auto=create
    special_use=\\Sent
  }
  mailbox Junk {
    auto=create
    special_use=\\Junk
  }
}
protocol lmtp {
  mail_plugins=$mail_plugins sieve
}
plugin {
  sieve=file:@D@/sieve/%u.sieve
  sieve_vacation_send_from_recipient=yes
  sieve_user_email=%u
  sieve_extensions=+editheader +vacation-seconds
  quota=maildir:User quota
  quota_rule=*:storage=@QUOTA@
  quota_grace=0
}
service imap-login {
  chroot=
  inet_listener imap {
    address=127.0.0.1
    port=@IMAP@
  }
  inet_listener imaps {
    port=0
  }
}
service anvil {
  chroot=
  unix_listener anvil-auth-penalty {
    mode=0
  }
}
service stats {
  chroot=
}
service auth {
  inet_listener {
    address=127.0.0.1
    port=@AUTH@
  }
}
service lmtp {
  inet_listener lmtp {
    address=127.0.0.1
    port=@LMTP@
  }
}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running Dovecot: every address that was added is a mailbox, all with one password."""

    folder: Path
    imap_port: int
    lmtp_port: int
    auth_port: int
    owner: tuple[int, int]
    password: str = PASSWORD

    def add(self, user: str, quota: str = "") -> None:
        """Make a mailbox; `quota` ("10k") is less than the others have."""
        uid, gid = self.owner
        extra = f"userdb_quota_rule=*:storage={quota}" if quota else ""
        # A file for each: of one for all Dovecot would not see a second change within a second.
        path = self.folder / "users" / user
        if not path.exists():
            path.write_text(f"{user}::{uid}:{gid}::{self.folder}/mail/{user}::{extra}\n")

    def imap_url(self, user: str, folder: str = "INBOX", options: str = "") -> str:
        """Return the address of the mailbox of `user`, which is there from now on."""
        self.add(user)
        login = f"{quote(user, safe='')}:{self.password}"
        return f"imap://{login}@127.0.0.1:{self.imap_port}/{quote(folder, safe='')}{options}"

    def sieve(self, user: str, script: str) -> None:
        """Have the mail of `user` treated by this script from now on."""
        (self.folder / "sieve" / f"{user}.sieve").write_text(script, encoding="utf-8")

    @property
    def log(self) -> str:
        """What Dovecot wrote so far."""
        path = self.folder / "dovecot.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


@contextmanager
def start(
    *, submit_port: int = 0, introspect_port: int = 1, host: str = "mx.example.com", quota: str = "5M"
) -> Iterator[Dovecot]:
    """Yield a running Dovecot; what its Sieve scripts send goes out at `submit_port`."""
    # Not below pytest's own folder: as root it serves as another user, who has to be let through.
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)
    user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    for name in ("mail", "run", "state", "sieve", "users"):
        (folder / name).mkdir()
    for name in ("mail", "sieve"):
        os.chown(folder / name, user.pw_uid, user.pw_gid)
    imap, lmtp, auth = free_ports(3)
    domain = host.partition(".")[2]
    words = {
        "D": str(folder), "U": user.pw_name, "G": grp.getgrgid(user.pw_gid).gr_name, "HOST": host,
        "DOMAIN": domain, "SUBMIT": str(submit_port), "PASSWORD": PASSWORD, "QUOTA": quota,
        "IMAP": str(imap), "LMTP": str(lmtp), "AUTH": str(auth),
    }  # fmt: skip
    (folder / "dovecot.conf").write_text(filled(CONFIG, words))
    (folder / "oauth2.conf").write_text(
        f"introspection_mode = post\nintrospection_url = http://127.0.0.1:{introspect_port}/introspect\n"
        "username_attribute = email\nactive_attribute = active\nactive_value = true\n"
    )
    command = ["dovecot", "-F", "-c", str(folder / "dovecot.conf")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    running = Dovecot(folder, imap, lmtp, auth, (user.pw_uid, user.pw_gid))
    try:
        for port in (imap, lmtp):
            wait_for(port, process, lambda: running.log)
        yield running
    finally:
        process.terminate()
        process.wait(SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def filled(text: str, words: dict[str, str]) -> str:
    """Return the text with each @NAME@ replaced."""
    for name, value in words.items():
        text = text.replace(f"@{name}@", value)
    return text


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def wait_for(port: int, process: subprocess.Popen[bytes], log: object) -> None:
    """Return once somebody greets at `port`."""
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                if connection.recv(1):
                    return
        except OSError:
            pass
        said = log() if callable(log) else ""
        assert process.poll() is None and time.monotonic() < deadline, f"does not start: {said[-2000:]}"
        time.sleep(0.05)
