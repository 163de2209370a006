/* Keys made, given on, renewed and recovered: each form says by `data-keys` what it needs. */
import { combine, split } from "shamir-secret-sharing";
import { base64nopad } from "@scure/base";
import { generateIdentity, identityToRecipient, openKey, sealKey } from "./envelope.js";
import { openNow } from "./holder.js";
import { askPasskey, behindPasskey, behindPhrase, fingerprint, newPhrase } from "./locks.js";

const text = new TextEncoder();
const read = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");
const deskOf = (form) => read("desks").find((desk) => desk.unit === form.dataset.unit);

/** { key: sealed } for each of `people` ({key, recipient}). */
const sealedFor = async (people, words) => Object.fromEntries(await Promise.all(
  people.map(async (one, at) => [one.key, await sealKey(words(at), [one.recipient])])));

const newDeskKey = async (desk, older) => {
  const identity = await generateIdentity();
  const recipient = await identityToRecipient(identity);
  const parts = desk.keepers.length
    ? await split(text.encode(identity), desk.keepers.length, desk.needed) : [];
  return {
    recipient,
    older_sealed: older ? await sealKey(older, [recipient]) : "",
    boxes: await sealedFor(desk.members, () => identity),
    shares: await sealedFor(desk.keepers, (at) => base64nopad.encode(parts[at])),
  };
};

const mine = async () => {
  const found = await openNow();
  if (!found) throw new DOMException("open it first", "AbortError");
  return found;
};

const theDesk = (found, desk) => {
  const identity = found.desks.get(desk.key.id);
  if (!identity) throw new Error("not held");
  return identity;
};

const acts = {
  make: async (form) => { await mine(); return newDeskKey(deskOf(form), null); },
  rotate: async (form) => {
    const desk = deskOf(form);
    return newDeskKey(desk, theDesk(await mine(), desk));
  },
  give: async (form) => ({
    sealed: await sealKey(theDesk(await mine(), deskOf(form)), [form.dataset.recipient]),
  }),
  share: async (form) => {
    const share = await openKey(form.dataset.sealed, (await mine()).own);
    return { sealed: await sealKey(share, [form.dataset.recipient]) };
  },
  finish: async (form) => {
    const desk = deskOf(form), { own, recipient } = await mine();
    const parts = await Promise.all(desk.opened.map(async (one) =>
      base64nopad.decode(await openKey(one, own))));
    const identity = new TextDecoder().decode(await combine(parts));
    if (await identityToRecipient(identity) !== desk.key.recipient) throw new Error("shares");
    return { sealed: form.dataset.drill ? "" : await sealKey(identity, [recipient]) };
  },
  "own-passkey": async (form) => {
    const { own, recipient } = await ownKey(form);
    const known = read("passkeys"), asked = await askPasskey(known);
    const { key } = known.find((one) => one.credential === asked.credential);
    return { recipient, passkey: key, sealed: await behindPasskey(own, asked.identity) };
  },
  "own-phrase": async (form) => {
    const { own, recipient } = await ownKey(form);
    return { recipient, sealed: await behindPhrase(own, form.querySelector("[data-phrase]").textContent) };
  },
};

/** A key that is new, or the one that there is and that gets another box. */
const ownKey = async (form) => {
  if (form.dataset.more) return mine();
  const own = await generateIdentity();
  return { own, recipient: await identityToRecipient(own) };
};

const send = (form) => async (event) => {
  event.preventDefault();
  const button = event.submitter || form.querySelector("button");
  const say = (word) => form.querySelectorAll("[data-said]")
    .forEach((part) => { part.hidden = part.dataset.said !== word; });
  button.disabled = true;
  say("busy");
  try {
    form.elements.sent.value = JSON.stringify(await acts[form.dataset.keys](form));
    form.submit();
  } catch (error) {
    say({ AbortError: "", NotAllowedError: "stopped", NotSupportedError: "unable",
      SecurityError: "elsewhere" }[error.name] ?? "failed");
    button.disabled = false;
  }
};

export const attach = () => {
  document.querySelectorAll("[data-fingerprint]").forEach((part) => {
    part.textContent = fingerprint(part.dataset.fingerprint);
  });
  document.querySelectorAll("form[data-keys]").forEach((form) => {
    form.querySelectorAll("[data-with]").forEach((part) => { part.hidden = false; });
    form.querySelectorAll("[data-without]").forEach((part) => { part.hidden = true; });
    const phrase = form.querySelector("[data-phrase]");
    if (phrase) phrase.textContent = newPhrase();
    form.addEventListener("submit", send(form));
  });
};
