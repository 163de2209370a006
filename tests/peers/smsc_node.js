// A foreign SMSC as a child process: npm smpp, driven by lines of JSON. See `carrier.py`.
"use strict";
const smpp = require(process.argv[3]);
const port = Number(process.argv[2]);
const tell = (event) => process.stdout.write(JSON.stringify(event) + "\n");
let esme = null;
let mode = {};
let count = 0;

const server = smpp.createServer((session) => {
  session.on("error", () => {});
  session.on("close", () => { if (esme === session) esme = null; });
  session.on("bind_transceiver", (pdu) => {
    session.send(pdu.response());
    esme = session;
    tell({ bound: true });
  });
  session.on("enquire_link", (pdu) => session.send(pdu.response()));
  session.on("unbind", (pdu) => { session.send(pdu.response()); session.close(); });
  session.on("submit_sm", (pdu) => {
    count += 1;
    const carrierId = (mode.stem || "m") + count;
    if (mode.status) return session.send(pdu.response({ command_status: mode.status }));
    if (mode.silent) return undefined;
    const receipt = {
      source_addr: pdu.destination_addr,
      destination_addr: pdu.source_addr,
      esm_class: 4,
      short_message: `id:${carrierId} sub:001 dlvrd:001 submit date:2603020900 ` +
        `done date:2603020901 stat:${mode.stat || "DELIVRD"} err:000 text:x`,
    };
    const times = mode.times || 1;
    const answer = () => {
      const it = pdu.short_message;
      // the library gives the elements without the length of the whole header in front
      const elements = it.udh ? Buffer.concat([].concat(it.udh)) : Buffer.alloc(0);
      const udh = elements.length ? Buffer.concat([Buffer.from([elements.length]), elements]) : elements;
      const text = Buffer.isBuffer(it.message) ? it.message.toString("latin1") : it.message;
      tell({ submitted: { to: pdu.destination_addr, text, udh: udh.toString("hex") } });
      // answered after it is told: a kill between the two must not hide it
      session.send(pdu.response({ message_id: carrierId }));
    };
    if (mode.receipts === "before") {
      for (let i = 0; i < times; i++) session.deliver_sm(receipt);
      setTimeout(answer, 30);
    } else {
      answer();
      if (mode.receipts === "after") {
        setTimeout(() => { for (let i = 0; i < times; i++) session.deliver_sm(receipt); }, 20);
      }
    }
    return undefined;
  });
});
server.listen(port, "127.0.0.1", () => tell({ listening: port }));

let rest = "";
process.stdin.on("data", (chunk) => {
  rest += chunk;
  const lines = rest.split("\n");
  rest = lines.pop();
  for (const line of lines) obey(JSON.parse(line));
});
process.stdin.on("end", () => process.exit(0));

function obey(order) {
  if (order.mode) {
    mode = order.mode;
    tell({ mode: true });
  } else if (order.deliver) {
    const it = order.deliver;
    if (!esme) return tell({ delivered: order.n, status: -1 });
    let answered = false;
    const done = (status) => {
      if (!answered) tell({ delivered: order.n, status });
      answered = true;
    };
    esme.on("close", () => done(-1));
    esme.deliver_sm({
      source_addr: it.from,
      source_addr_ton: it.ton === undefined ? 1 : it.ton,
      destination_addr: it.to,
      esm_class: it.esm || 0,
      data_coding: it.coding,
      short_message: Buffer.from(it.hex, "hex"),
    }, (pdu) => done(pdu.command_status));
  }
  return undefined;
}
