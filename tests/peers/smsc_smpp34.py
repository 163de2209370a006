"""A foreign SMSC as a child process: smpp34, driven by lines of JSON. See `carrier.py`."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import smpp34
from aiosmpplib import GSM7BitCodec


def tell(**event: Any) -> None:
    print(json.dumps(event), flush=True)


async def serve(port: int) -> None:
    server = smpp34.Server(host="127.0.0.1", port=port, system_id="SMSC")
    await server.start()
    tell(listening=port)
    state: dict[str, Any] = {"esme": None, "mode": {}, "count": 0}
    commands = asyncio.create_task(obey(state))
    while not commands.done():
        event = await server.next()
        if isinstance(event, smpp34.Esme):
            state["esme"] = event
            tell(bound=True)
        elif isinstance(event, smpp34.SubmitSmEvent):
            asyncio.create_task(take(state, event))  # noqa: RUF006


async def take(state: dict[str, Any], event: Any) -> None:
    mode = state["mode"]
    state["count"] += 1
    carrier_id = f"{mode.get('stem', 'm')}{state['count']}"
    if mode.get("status"):
        event.reject(mode["status"])
        return
    if mode.get("silent"):
        state.setdefault("kept", []).append(event)
        return
    raw = event.short_message
    udh = raw[: raw[0] + 1] if event.esm_class & 0x40 else b""
    body = raw[len(udh) :]
    text = body.decode("utf-16-be") if event.data_coding == 8 else GSM7BitCodec().decode(body)[0]
    receipt = {
        "destination_addr": event.source_addr,
        "source_addr": event.destination_addr,
        "esm_class": 4,
        "short_message": f"id:{carrier_id} sub:001 dlvrd:001 submit date:2603020900 "
        f"done date:2603020901 stat:{mode.get('stat', 'DELIVRD')} err:000 text:x".encode(),
    }
    times = mode.get("times", 1)
    if mode.get("receipts") == "before":
        for _ in range(times):
            await state["esme"].deliver_sm(**receipt)
    # told before it is answered: a kill between the two must not hide it
    tell(submitted={"to": event.destination_addr, "text": text, "udh": udh.hex()})
    event.accept(carrier_id)
    if mode.get("receipts") == "after":
        await asyncio.sleep(0.02)
        for _ in range(times):
            await state["esme"].deliver_sm(**receipt)


async def obey(state: dict[str, Any]) -> None:
    while line := await asyncio.to_thread(sys.stdin.readline):
        order = json.loads(line)
        if "mode" in order:
            state["mode"] = order["mode"]
            tell(mode=True)
        elif "deliver" in order:
            asyncio.create_task(deliver(state, order))  # noqa: RUF006


async def deliver(state: dict[str, Any], order: dict[str, Any]) -> None:
    it = order["deliver"]
    try:
        answer = await state["esme"].deliver_sm(
            it["to"],
            bytes.fromhex(it["hex"]),
            source_addr=it["from"],
            source_addr_ton=it.get("ton", 1),
            esm_class=it.get("esm", 0),
            data_coding=it["coding"],
        )
        tell(delivered=order["n"], status=answer.command_status)
    except Exception as error:
        tell(delivered=order["n"], status=-1, error=str(error))


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
