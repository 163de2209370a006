/* What an officer's key lies behind: a passkey (WebAuthn PRF), or a phrase of twenty digits. */
import { armor, Decrypter, Encrypter } from "age-encryption";
import { hkdf } from "@noble/hashes/hkdf";
import { sha256 } from "@noble/hashes/sha2";
import { base64urlnopad, bech32 } from "@scure/base";
import { identityToRecipient, openKey, sealKey } from "./envelope.js";

const LABEL = new TextEncoder().encode("mohalla.officer-key.v1");
const WORK = 15;  // scrypt: 32 MB, a second on a cheap phone; the digits alone are 66 bits
const DIGITS = 20;

const bytes = (text) => base64urlnopad.decode(text);

/** The age identity that this passkey gives for this purpose alone; it never leaves the page.
 *
 * `known`: [{credential, transports}]. Nothing of the assertion is sent: it signs nobody in.
 */
export const askPasskey = async (known) => {
  const shown = await navigator.credentials.get({ publicKey: {
    challenge: crypto.getRandomValues(new Uint8Array(32)),
    allowCredentials: known.map((one) => (
      { type: "public-key", id: bytes(one.credential), transports: one.transports })),
    userVerification: "required",
    extensions: { prf: { eval: { first: LABEL } } },
  } });
  const first = shown.getClientExtensionResults().prf?.results?.first;
  if (!first) throw new DOMException("no prf", "NotSupportedError");
  const secret = hkdf(sha256, new Uint8Array(first), undefined, LABEL, 32);
  const identity = bech32.encode("AGE-SECRET-KEY-", bech32.toWords(secret), false).toUpperCase();
  return { credential: base64urlnopad.encode(new Uint8Array(shown.rawId)), identity };
};

/** An officer's key, sealed behind what `askPasskey` gave. */
export const behindPasskey = async (own, identity) =>
  sealKey(own, [await identityToRecipient(identity)]);

/** Twenty digits that nobody chose, in groups of four. */
export const newPhrase = () => {
  let digits = "";
  while (digits.length < DIGITS) {
    for (const byte of crypto.getRandomValues(new Uint8Array(DIGITS))) {
      if (byte < 250 && digits.length < DIGITS) digits += byte % 10;  // each as likely
    }
  }
  return digits.match(/.{4}/g).join(" ");
};

/** The digits as typed, in Latin or in Urdu figures, with or without gaps. */
const normal = (typed) => typed
  .replace(/[۰-۹]/g, (one) => one.charCodeAt(0) - 0x6f0)
  .replace(/[٠-٩]/g, (one) => one.charCodeAt(0) - 0x660)
  .replace(/\D/g, "");

export const behindPhrase = async (own, phrase) => {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(normal(phrase));
  encrypter.setScryptWorkFactor(WORK);
  return armor.encode(await encrypter.encrypt(own));
};

export const openPhrase = async (sealed, phrase) => {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(normal(phrase));
  return decrypter.decrypt(armor.decode(sealed.trim()), "text");
};

/** The officer's key out of the first of `boxes` that this passkey opens. */
export const openPasskey = async (boxes) => {
  const { identity } = await askPasskey(boxes);
  for (const box of boxes) {
    const found = await openKey(box.sealed, identity).catch(() => null);
    if (found) return found;
  }
  throw new DOMException("not behind this passkey", "NotFoundError");
};

/** Twenty digits of a public key, to be compared aloud. */
export const fingerprint = (recipient) => {
  let number = 0n;
  for (const byte of sha256(new TextEncoder().encode(recipient)).slice(0, 16)) {
    number = number * 256n + BigInt(byte);
  }
  return String(number % 10n ** 20n).padStart(20, "0").match(/.{4}/g).join(" ");
};
