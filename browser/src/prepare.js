/* A report, sealed: the same for the page that sends at once and for the queue that sends later. */
import { generateIdentity, identityToRecipient, open, seal, sealKey } from "./envelope.js";
import { derived, made } from "./receipt.js";

/**
 * Everything sealed, and looked at once more before it is sent. `payload`: what only the desk reads;
 * `seen`: what the server is told besides; `desks`: the keys in force at this moment; `upload` sends a file
 * sealed to the report's key and gives `{ id, name, original }`.
 * → `{ body, known }`: the same body again is the same report; `known` is the receipt and what follows of it.
 */
export const sealedReport = async ({ payload, seen, news = {}, files = [], desks, apart, key: once, salt, upload }) => {
  const digits = made(), key = await generateIdentity(), recipient = await identityToRecipient(key);
  const mine = await derived(digits, salt);
  const told = { ...payload, files: [] };
  for (const file of files) told.files.push(await upload(file, recipient));
  const identity = desks.identity && apart ? {} : null;
  for (const name of apart ? ["name", "phone"] : []) {
    if (identity && told[name]) identity[name] = told[name];
    delete told[name];
  }
  const text = JSON.stringify(told), envelope = await seal(text, [recipient]);
  if (await open(envelope, key) !== text) throw new Error("sealed wrongly");
  const keys = { "": await sealKey(key, [mine.recipient]) };
  for (const desk of desks.desks) keys[desk.id] = await sealKey(key, [desk.recipient]);
  const body = {
    ...seen, ...news, token: mine.token, recipient, envelope, keys: JSON.stringify(keys), key: once,
    files: told.files.map((file) => file.id).join(" "),
  };
  if (identity && Object.keys(identity).length) {
    const { inner, outer } = desks.identity;
    body.identity = await seal(await seal(JSON.stringify(identity), [inner.recipient]), [outer.recipient]);
    body.inner = inner.unit;
    body.outer = outer.unit;
  }
  return { body, known: { ...mine, digits } };
};
