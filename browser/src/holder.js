/* The officer's own key and the desks' keys, opened in this page and kept in its memory only. */
import { identityToRecipient, openKey } from "./envelope.js";
import { openPasskey, openPhrase } from "./locks.js";

const panel = document.querySelector("[data-holder]");
const data = document.getElementById("holder");
const held = data ? JSON.parse(data.textContent) : { recipient: "", boxes: [], desks: [] };
const passkeys = held.boxes.filter((box) => box.kind === "passkey");
const phrase = held.boxes.find((box) => box.kind === "phrase");

let found = null;  // { own, recipient, desks }
const waiting = [];

const say = (word) => panel?.querySelectorAll("[data-said]")
  .forEach((part) => { part.hidden = part.dataset.said !== word; });

/** Every version of every desk's key, by its id: the newest by the own key, each older by the next. */
const chains = async (own) => {
  const desks = new Map();
  for (const desk of held.desks) {
    let key = own;
    for (const version of desk.versions) {
      key = await openKey(version.sealed, key);
      if (await identityToRecipient(key) !== version.recipient) throw new Error("another key");
      desks.set(version.id, key);
    }
  }
  return desks;
};

const open = async (asked) => {
  if (found) return found;
  say("busy");
  try {
    const own = await asked();
    if (await identityToRecipient(own) !== held.recipient) throw new Error("another key");
    found = { own, recipient: held.recipient, desks: await chains(own) };
    say("open");
    panel?.querySelectorAll("[data-locked]").forEach((part) => { part.hidden = true; });
    for (const tell of waiting.splice(0)) tell(found);
    return found;
  } catch (error) {
    say({ NotAllowedError: "stopped", NotSupportedError: "unable", SecurityError: "elsewhere" }[error.name]
      || "wrong");
    throw error;
  }
};

/** The own key and the desks': as soon as the officer has opened the panel, at once if it is open. */
export const opened = () =>
  found ? Promise.resolve(found) : new Promise((tell) => { waiting.push(tell); });

/** The same, asking now where one press is enough; null where the officer must type a phrase. */
export const openNow = async () => {
  if (found) return found;
  if (passkeys.length && !phrase) return open(() => openPasskey(passkeys));
  panel?.scrollIntoView({ block: "center" });
  panel?.querySelector("input, button")?.focus();
  say("first");
  return null;
};

/** Map of desk key id to identity ("AGE-SECRET-KEY-1…"). Resolves when the panel is opened. */
export const unlock = async () => (await opened()).desks;

export const attach = () => {
  if (!panel) return;
  panel.querySelectorAll("[data-without]").forEach((part) => { part.hidden = true; });
  panel.querySelectorAll("[data-with]").forEach((part) => { part.hidden = false; });
  const ask = (asked) => (event) => {
    event.preventDefault();
    open(asked).catch(() => {});  // what went wrong has been said
  };
  panel.querySelector("[data-by=passkey]")?.addEventListener("click", ask(() => openPasskey(passkeys)));
  const form = panel.querySelector("[data-by=phrase]");
  form?.addEventListener("submit", ask(() => openPhrase(phrase.sealed, form.querySelector("input").value)));
};
