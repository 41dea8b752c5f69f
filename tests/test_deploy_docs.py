"""What docs/deploy.md shows is true: units and files parse, and every setting, command, figure and path in them exists."""

from __future__ import annotations

import configparser
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer.main
from prometheus_client.core import Metric
from ruamel.yaml import YAML
from typer import Typer

from outreach import assembly, config
from outreach.cli import app, health
from outreach.config import PREFIX, Settings
from outreach.doctor import verdicts
from outreach.status import Status
from outreach.web import metrics, server

PAGE = Path(__file__).parent.parent / "docs" / "deploy.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
UNITS = [text for name, text in BLOCK.findall(TEXT) if name == "ini" and text.startswith("[Unit]")]
DOCUMENTS = [YAML(typ="safe", pure=True).load(text) for name, text in BLOCK.findall(TEXT) if name == "yaml"]
SECRETS = ("SECRET_KEY", "API_TOKEN", "SMTP_URL", "IMAP_URL")


def document(key: str) -> Any:
    """Return the YAML document that has this key at its top."""
    (found,) = [each for each in DOCUMENTS if key in each]
    return found


def unit(text: str) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string(text)
    return parsed


def commands() -> set[str]:
    """Return the commands of the program, with those that this page is about."""
    own = Typer()
    health.add_to(own)
    found: set[str] = set()
    for each in (app, own):
        found |= set(getattr(typer.main.get_command(each), "commands"))  # noqa: B009
    return found


def options(command: str) -> set[str]:
    program: Any = typer.main.get_command(app)
    found = program.commands[command]
    return {option for each in found.params for option in (*each.opts, *each.secondary_opts)}


# -- settings --------------------------------------------------------------------------------------


def test_every_setting_that_is_named_exists() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    named = {name.removesuffix("_FILE") for name in re.findall(r"OUTREACH_\w+", TEXT)}
    assert named - known == set()
    assert len(named) > 5


def test_the_file_of_settings_can_be_read(tmp_path: Path) -> None:
    (text,) = [text for name, text in BLOCK.findall(TEXT) if name == "ini" and not text.startswith("[")]
    environment = dict(line.split("=", 1) for line in text.splitlines())
    for name, value in environment.items():
        if name.endswith("_FILE"):
            (tmp_path / name).write_text("sixteen characters or more")
            environment[name] = str(tmp_path / Path(name).name)
            assert value.startswith("/run/credentials/outreach.service/")
    found = config.read(environment, tmp_path)
    assert found.base_url == "https://t.example.com"
    assert found.key() == "sixteen characters or more"


# -- units -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", UNITS, ids=lambda text: text.splitlines()[1])
def test_a_unit_starts_a_command_that_exists_with_options_that_exist(text: str) -> None:
    service = unit(text)["Service"]
    for line in [service["ExecStart"], service.get("ExecStartPre", service["ExecStart"])]:
        program, command, *more = line.split()
        assert program.endswith("/outreach")
        assert command in commands()
        assert {word for word in more if word.startswith("--")} - options(command) == set()


@pytest.mark.parametrize("text", UNITS, ids=lambda text: text.splitlines()[1])
def test_a_unit_comes_back_and_waits_longer_than_a_process_takes_to_end(text: str) -> None:
    service = unit(text)["Service"]
    assert service["Restart"] == "always"
    ends_within = assembly.STOPS_WITHIN / 1000 + server.STOPS_WITHIN
    assert int(service["TimeoutStopSec"]) > 1.5 * ends_within


def test_there_is_a_unit_for_each_kind_of_process() -> None:
    started = {unit(text)["Service"]["ExecStart"].split()[1] for text in UNITS}
    assert started == {"up", "scheduler", "worker", "web"}


def test_a_credential_that_a_setting_names_is_loaded() -> None:
    (first,) = [text for text in UNITS if "LoadCredential" in text]
    loaded = set(re.findall(r"^LoadCredential=(\w+):", first, re.MULTILINE))
    assert loaded == {name.lower() for name in SECRETS}


# -- containers ------------------------------------------------------------------------------------


def test_the_containers_run_commands_that_exist() -> None:
    services = document("services")["services"]
    ours = {name: each for name, each in services.items() if each.get("build")}
    assert set(ours) == {"migrate", "scheduler", "worker", "web"}
    for each in ours.values():
        command, *more = each["command"]
        assert command in commands()
        assert {word for word in more if word.startswith("--")} - options(command) == set()
    assert ours["scheduler"]["deploy"]["replicas"] == 2


def test_the_containers_are_given_time_to_end() -> None:
    services = document("services")["services"]
    ends_within = assembly.STOPS_WITHIN / 1000 + server.STOPS_WITHIN
    for name in ("scheduler", "worker", "web"):
        assert int(services[name]["stop_grace_period"].removesuffix("s")) > 1.5 * ends_within


def test_what_a_container_refers_to_is_defined() -> None:
    compose = document("services")
    for each in compose["services"].values():
        assert set(each.get("secrets", [])) <= set(compose["secrets"])
        assert set(each.get("depends_on", {})) <= set(compose["services"])
        for volume in each.get("volumes", []):
            source = volume.partition(":")[0]
            assert source.startswith("./") or source in compose["volumes"]
        for name, value in each.get("environment", {}).items():
            if str(value).startswith("/run/secrets/"):
                assert value.rpartition("/")[2] in each["secrets"], name


def test_the_proxy_is_trusted_and_tokens_have_a_place_that_can_be_written() -> None:
    compose = document("services")
    for name in ("scheduler", "worker", "web"):
        service = compose["services"][name]
        (network,) = compose["networks"]["default"]["ipam"]["config"]
        assert service["environment"]["OUTREACH_TRUSTED_PROXIES"] == network["subnet"]
        folder = service["environment"]["OUTREACH_OAUTH_PATH"].rpartition("/")[0]
        assert f"tokens:{folder}" in service["volumes"]
        assert f"-o outreach {folder}\n" in TEXT  # a new volume belongs to whom its folder in the image does


def test_the_webhooks_are_on_the_host_of_the_proxy() -> None:
    page = PAGE.with_name("webhooks.md").read_text(encoding="utf-8")
    assert set(re.findall(r"([\w.]+)/webhooks/\w+", page)) == {"t.example.com"}


# -- the proxy -------------------------------------------------------------------------------------


def test_the_proxies_let_through_what_mails_lead_to_and_nothing_else() -> None:
    (caddy,) = [text for name, text in BLOCK.findall(TEXT) if name == "caddy"]
    (nginx,) = [text for name, text in BLOCK.findall(TEXT) if name == "nginx"]
    public = set(re.findall(r"/(\w+)/\*", caddy))
    (pattern,) = re.findall(r"location ~ \^/\(([\w|]+)\)/", nginx)
    prefixes = set(re.findall(r"location /(\w+)/ ", nginx))
    assert public == set(pattern.split("|")) | prefixes == {"o", "c", "l", "u", "h", "static", "webhooks"}
    assert re.search(r"location /webhooks/ \{\s+client_max_body_size 16m;", nginx)
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert "respond 404" in caddy
    assert "location / { return 404; }" in nginx


# -- figures ---------------------------------------------------------------------------------------


def known_figures() -> dict[str, Metric]:
    """Return every figure there is, by its name."""
    full = Status(at=datetime(2026, 3, 2, tzinfo=UTC), at_broker=0)
    found = {family.name: family for family in metrics._OfStatus(full).collect()}
    tracking = {family.name: family for family in metrics.Tracking().registry.collect()}
    return found | tracking


def test_every_figure_that_is_named_exists() -> None:
    named = {name.removesuffix("_bucket") for name in re.findall(r"\boutreach_[a-z_]+\b", TEXT)}
    named -= {"outreach_api_token"}  # a file
    assert named - known_figures().keys() == set()
    assert len(named) > 8


def test_the_sorts_and_kinds_in_the_alerts_exist() -> None:
    due = known_figures()["outreach_due_age_seconds"]
    sorts = {sample.labels["what"] for sample in due.samples}
    assert set(re.findall(r'what="(\w+)"', TEXT)) <= sorts
    assert set(re.findall(r'kind="(\w+)"', TEXT)) <= set(metrics.KINDS)


def test_an_alert_is_raised_when_the_doctor_warns() -> None:
    rules = document("groups")["groups"][0]["rules"]
    limits = re.findall(r'what="(\w+)"\}\) > (\d+)', " ".join(rule["expr"] for rule in rules))
    assert {name: float(seconds) for name, seconds in limits} == {
        name: verdicts.PATIENCE[name].warning for name, _ in limits
    }
    assert len(limits) == 5


def test_every_alert_says_what_to_do() -> None:
    rules = document("groups")["groups"][0]["rules"]
    told = re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`[A-Z][^|]*)\|", TEXT, re.MULTILINE)))
    assert sorted(rule["alert"] for rule in rules) == sorted(told)
