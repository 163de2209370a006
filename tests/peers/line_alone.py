"""A SIP line in a process of its own that says a tone to whoever calls: python line_alone.py PORT"""

from __future__ import annotations

import signal
import sys
import threading

from mohalla.channels.voice.address import VoiceAddress
from mohalla.channels.voice.port import Call, HungUp
from mohalla.channels.voice.rules import sound
from mohalla.channels.voice.sip.line import SipLine


def answered(call: Call) -> None:
    try:
        while not call.play(sound.tone(2.0)):
            pass
        call.record(most=3, silence=1)
    except HungUp:
        pass
    finally:
        call.hang_up()


def main(port: int) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    line = SipLine(
        VoiceAddress("sip", "127.0.0.1", port, lines=10, ring=0.2, rtp=(30000, 30020)), answered
    )
    threading.Thread(
        target=lambda: line.ready.wait(10) and print("ready", flush=True), daemon=True
    ).start()
    line.run(stop)


if __name__ == "__main__":
    main(int(sys.argv[1]))
