"""The processes beside the web server: `scheduler`, `sms`, `voice`, `jobs`. Each stops on SIGTERM."""

from __future__ import annotations

import os
import signal
import sys
import threading

import django

from mohalla.site import logs, tether


def main(name: str) -> None:
    """Run one of them until it is told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mohalla.site.settings")
    tether.hold()
    django.setup()
    logs.install()
    if name == "jobs":
        from django.core.management import call_command

        call_command("db_worker", "--no-reload", "--interval", "1", verbosity=0)
        return
    from mohalla.site import schedule

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if name == "voice":  # its SIP stack is loaded where a line is, and nowhere else
        from mohalla.channels.voice import worker as voice

        voice.run(stop)
        return
    from mohalla.channels.push import worker as notices
    from mohalla.channels.sms import worker

    if name == "sms":
        threading.Thread(target=notices.run, args=(stop,), daemon=True).start()
    {"scheduler": schedule.run, "sms": worker.run}[name](stop)


if __name__ == "__main__":
    main(sys.argv[1])
