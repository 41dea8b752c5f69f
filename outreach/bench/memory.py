"""Measures the memory of a worker while it sends, in a small installation and in a large one."""

from __future__ import annotations

import time

from outreach.bench import servers
from outreach.bench.figures import Figure
from outreach.bench.ground import Ground
from outreach.bench.processes import outreach, peak_megabytes
from outreach.bench.shop import Shop, add_others, import_leads, queue_mails
from outreach.errors import OutreachError

MOST_TIMES = 1.2
MOST_MEGABYTES = 120.0


def peak(ground: Ground) -> Figure:
    """Return the peak memory of a worker process with many leads, and how many times that with few."""
    began = time.monotonic()
    scale = ground.scale
    few, _ = _measured(ground, scale.few_leads)
    many, mails = _measured(ground, scale.leads)
    ratio = many / few
    return Figure(
        "memory", f"peak memory of a worker, {scale.leads:,} leads", many, "MB", few,
        f"with {scale.few_leads:,} leads", ratio, f"ratio <= {MOST_TIMES} and < {MOST_MEGABYTES:.0f} MB",
        ratio <= MOST_TIMES and many < MOST_MEGABYTES, time.monotonic() - began,
        f"VmHWM while sending {mails:,} mails, PostgreSQL",
    )  # fmt: skip


def _measured(ground: Ground, leads: int) -> tuple[float, int]:
    """Return the peak in megabytes, and how many mails were sent meanwhile."""
    mails = ground.scale.few_leads - 1
    ground.tell(f"memory: {leads:,} leads")
    folder = ground.new_folder("memory")
    redis_url = ground.redis_url()
    shop = Shop.made(folder, ground.postgresql("memory"))
    import_leads(shop, mails)
    add_others(shop, leads - mails)
    queue_mails(shop, mails)
    with servers.sink(folder) as sink:
        environment = shop.environment(smtp_url=sink.smtp_url, redis_url=redis_url)
        with (
            outreach(["scheduler", "--log", "error"], folder, environment),
            outreach(["worker", "--log", "error"], folder, environment) as worker,
        ):
            counted = servers.watched(sink, mails, 4 * ground.scale.seconds, [worker])
            if not counted.mails:
                raise OutreachError(f"no mail was sent: {worker.last_line()}")
            return peak_megabytes(worker), counted.mails
