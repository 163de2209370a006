// Checks a receipt file: the signature under the acknowledgement, and the way from its entry in the
// log to the signed root. The same steps as `mohalla verify`, with nothing from the network.
"use strict";
const text = new TextEncoder();
const HEAD = "c2sp.org/tlog-proof@v1", FILING = "mohalla/filing@v1", SALT = 16;
const FIELDS = ["log", "reference", "received", "contact-by", "words", "entry"];

class Wrong extends Error {}

function decoded(base64) {
  let raw;
  try { raw = atob(base64); } catch { throw new Wrong("base64"); }
  if (btoa(raw) !== base64) throw new Wrong("base64");
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}
const encoded = (bytes) => btoa(String.fromCharCode(...bytes));
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const same = (a, b) => a.length === b.length && a.every((byte, place) => byte === b[place]);
const hash = (...parts) => noble.sha256(joined(...parts));
const node = (left, right) => hash([1], left, right);

function decimal(word) {
  if (!/^(0|[1-9][0-9]{0,14})$/.test(word)) throw new Wrong("number");
  return Number(word);
}

function keyOf(vkey) {
  const [name, id, rest] = vkey.split(/\+(.*?)\+(.*)/s);
  const raw = decoded(rest);
  return { name, id: Uint8Array.from(id.match(/../g), (hex) => parseInt(hex, 16)), kind: raw[0], key: raw.slice(1) };
}

function noteOf(content) {
  const end = content.lastIndexOf("\n\n");
  if (end < 0 || !content.endsWith("\n")) throw new Wrong("note");
  const lines = content.slice(end + 2, -1).split("\n").map((line) => {
    const found = /^— (\S+) (\S+)$/.exec(line);
    if (!found) throw new Wrong("note");
    return { name: found[1], raw: decoded(found[2]) };
  });
  return { text: content.slice(0, end + 1), lines };
}

function signedBy(note, key) {
  const line = note.lines.find((l) => l.name === key.name && same(l.raw.slice(0, 4), key.id));
  if (!line) return false;
  let message = note.text, signature = line.raw.slice(4);
  if (key.kind === 4) {
    const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
    message = `cosignature/v1\ntime ${time}\n${note.text}`;
    signature = signature.slice(8);
  }
  if (!noble.verify(signature, text.encode(message), key.key)) throw new Wrong("signature");
  return true;
}

function root(leaf, index, size, path) {
  // halves, not shifts: sizes are larger than 32 bits
  let inner = 0;
  for (let a = index, b = size - 1; a !== b; a = Math.floor(a / 2), b = Math.floor(b / 2)) inner += 1;
  let border = 0;
  for (let rest = Math.floor(index / 2 ** inner); rest; rest = Math.floor(rest / 2)) border += rest % 2;
  if (index >= size || path.length !== inner + border) throw new Wrong("proof");
  let found = leaf, place = index;
  path.forEach((step, level) => {
    found = level >= inner || place % 2 ? node(step, found) : node(found, step);
    place = Math.floor(place / 2);
  });
  return found;
}

function check(content, vkey, witnesses) {
  content = content.replaceAll("\r\n", "\n");
  const key = keyOf(vkey);
  const cut = content.indexOf(`\n${HEAD}\n`);
  const note = noteOf(cut < 0 ? content : content.slice(0, cut));
  if (note.lines.length !== 1 || !signedBy(note, key)) throw new Wrong("other");
  const rows = note.text.slice(0, -1).split("\n");
  if (rows.shift() !== FILING || rows.length !== FIELDS.length) throw new Wrong("filing");
  const filing = {};
  FIELDS.forEach((name, place) => {
    if (!rows[place].startsWith(`${name} `)) throw new Wrong("filing");
    filing[name] = rows[place].slice(name.length + 1);
  });
  if (filing.log !== key.name) throw new Wrong("other");
  if (cut < 0) return { filing, position: null, size: null, witnesses: [] };
  return { filing, ...inLog(content.slice(cut + 1), filing, key, witnesses) };
}

function inLog(content, filing, key, witnesses) {
  const end = content.indexOf("\n\n");
  const lines = content.slice(0, end).split("\n");
  if (end < 0 || lines.shift() !== HEAD) throw new Wrong("proof");
  const extra = lines[0]?.startsWith("extra ") ? decoded(lines.shift().slice(6)) : new Uint8Array();
  if (!lines[0]?.startsWith("index ") || lines.length > 64) throw new Wrong("proof");
  const position = decimal(lines.shift().slice(6));
  const checkpoint = noteOf(content.slice(end + 2));
  if (!signedBy(checkpoint, key)) throw new Wrong("other");
  const [origin, count, top, ...more] = checkpoint.text.split("\n");
  if (origin !== key.name || more.length < 1) throw new Wrong("other");
  const size = decimal(count), entry = noble.sha256(extra);
  const path = lines.map(decoded);
  if (path.some((step) => step.length !== 32)) throw new Wrong("proof");
  if (!same(root(hash([0], entry), position, size, path), decoded(top))) throw new Wrong("proof");
  let event;
  try { event = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(extra.slice(SALT))); } catch { throw new Wrong("proof"); }
  if (encoded(entry) !== filing.entry || event.subject !== filing.reference
      || event.at !== filing.received || event.words !== filing.words) throw new Wrong("proof");
  const seen = witnesses.map(keyOf).filter((w) => signedBy(checkpoint, w)).map((w) => w.name);
  return { position, size, witnesses: seen };
}
globalThis.check = check;
