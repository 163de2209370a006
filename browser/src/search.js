/* Sealed cases searched where they can be opened: in the browser of a holder, in this page's memory. */
import { isSealed, open, openKey } from "./envelope.js";
import { all, carried, one } from "./page.js";
import { visible } from "./visible.js";

// the same letters for the same word, as the server's own search has them
const LETTERS = new Map(Object.entries({
  "كڪکڬڭڮڰ": "ک", "يىیۍېےۑێ": "ی",
  "ہھۂۀهةۃۿ": "ه", "ںڼ": "ن", "ٱٲٳ": "ا",
  "ټ": "ٹ", "ډ": "ڈ", "ړ": "ڑ", "ګ": "گ", "ءـ": "",
}).flatMap(([letters, put]) => [...letters].map((letter) => [letter, put])));

export const fold = (text) => [...text.normalize("NFKD").replace(/[\p{Mn}\p{Me}\p{Cf}]/gu, "")]
  .map((letter) => LETTERS.get(letter) ?? letter).join("")
  .toLowerCase().normalize("NFKC").replace(/\s+/g, " ").trim();

const words = (sealed) => {
  try { return Object.values(JSON.parse(sealed)).filter((part) => typeof part === "string").join(" "); }
  catch { return sealed; }
};

/** What one case says, folded; null where none of these keys opens it. */
const told = async (row, held) => {
  for (const [id, armoured] of Object.entries(row.keys)) {
    if (!held.has(id)) continue;
    const key = await openKey(armoured, held.get(id)).catch(() => null);
    if (!key) continue;
    const texts = await Promise.all(row.words.map((text) => (isSealed(text) ? open(text, key).catch(() => "") : text)));
    return fold(texts.map(words).join(" "));
  }
  return null;
};

const line = (row) => {
  const made = document.createElement("li"), link = document.createElement("a");
  const matter = document.createElement("span"), when = document.createElement("small");
  link.href = row.address;
  link.dir = "ltr";
  link.textContent = row.reference;
  matter.append(link, " · ", visible(row.matter));
  when.textContent = row.received;
  made.append(matter, when);
  return made;
};

export const start = async (panel, unlock) => {
  const rows = carried("sealed-cases"), held = await unlock(), input = one("input", panel);
  const opened = [];
  for (const row of rows) opened.push([row, await told(row, held)]);
  const closed = opened.filter(([, text]) => text === null).length;
  for (const part of all("[data-closed]", panel)) {
    part.hidden = !closed;
    part.textContent = part.dataset.words.replace("{n}", closed);
  }
  const look = () => {
    const wanted = fold(input.value).split(" ").filter(Boolean), counted = one("[data-counted]", panel);
    const found = wanted.length
      ? opened.filter(([, text]) => text !== null && wanted.every((word) => text.includes(word))) : [];
    one("[data-found]", panel).replaceChildren(...found.map(([row]) => line(row)));
    counted.textContent = wanted.length
      ? counted.dataset.words.replace("{n}", found.length).replace("{of}", rows.length - closed) : "";
  };
  input.addEventListener("input", look);
  panel.hidden = false;
  input.focus();
};
