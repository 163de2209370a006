/* Text, keys and files sealed with age (X25519), as every age tool reads them. */
import { Decrypter, Encrypter, armor, generateIdentity, identityToRecipient } from "age-encryption";

export { generateIdentity, identityToRecipient };

const STEP = 1024;  // a short text is as long as any other up to about 170 Urdu words
const MARK = "-----BEGIN AGE ENCRYPTED FILE-----";

/** Whether a text is sealed: how the server and the page tell, too. */
export const isSealed = (text) => text.trimStart().startsWith(MARK);

/** Length to which `length` bytes are filled up: whole kilobytes, then in steps of at most 12 %. */
export const padded = (length) => {
  if (length <= 16 * STEP) return Math.max(1, Math.ceil(length / STEP)) * STEP;
  const exponent = Math.floor(Math.log2(length));
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
  return Math.ceil(length / step) * step;
};

/** Bytes for one or more recipients ("age1…"), as an age file. */
export const sealBytes = async (bytes, recipients) => {
  if (!recipients.length) throw new Error("nobody to seal to");
  const encrypter = new Encrypter();
  for (const each of recipients) encrypter.addRecipient(each);
  return encrypter.encrypt(bytes);
};

/** What an age file holds, for one of `identities`; rejects where none of them opens it. */
export const openBytes = async (file, identities) => {
  const decrypter = new Decrypter();
  for (const each of [identities].flat()) decrypter.addIdentity(each);
  return decrypter.decrypt(file);
};

/** A text, filled up and sealed, as armoured ASCII. Filling: a zero byte and then zeros. */
export const seal = async (text, recipients) => {
  const words = new TextEncoder().encode(text);
  const full = new Uint8Array(padded(words.length + 1));
  full.set(words);
  return armor.encode(await sealBytes(full, recipients));
};

/** The text again. */
export const open = async (armoured, identities) => {
  const full = await openBytes(armor.decode(armoured.trim()), identities);
  let end = full.length;
  while (end && full[end - 1] === 0) end -= 1;
  return new TextDecoder("utf-8", { fatal: true }).decode(full.subarray(0, end));
};

/** A file that says of itself what it is: four bytes of length, then JSON, then its content. */
export const sealFile = async (blob, told, recipients) => {
  const head = new TextEncoder().encode(JSON.stringify({ ...told, type: blob.type, size: blob.size }));
  const full = new Uint8Array(padded(4 + head.length + blob.size));
  new DataView(full.buffer).setUint32(0, head.length);
  full.set(head, 4);
  full.set(new Uint8Array(await blob.arrayBuffer()), 4 + head.length);
  return new Blob([await sealBytes(full, recipients)], { type: "application/age" });
};

export const openFile = async (file, identities) => {
  const full = await openBytes(file, identities), length = new DataView(full.buffer, full.byteOffset).getUint32(0);
  const told = JSON.parse(new TextDecoder().decode(full.subarray(4, 4 + length)));
  return { told, blob: new Blob([full.subarray(4 + length, 4 + length + told.size)], { type: told.type }) };
};

/** A key (an identity in words) sealed without filling: it is always as long. */
export const sealKey = async (identity, recipients) =>
  armor.encode(await sealBytes(new TextEncoder().encode(identity), recipients));

export const openKey = async (armoured, identities) =>
  new TextDecoder().decode(await openBytes(armor.decode(armoured.trim()), identities));
