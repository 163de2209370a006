/* A receipt that this device made: twenty digits that say who made them, and what follows of them. */
import { scryptAsync } from "@noble/hashes/scrypt";
import { bech32 } from "@scure/base";
import { identityToRecipient } from "./envelope.js";

const CHECK = 97n, BY_DEVICE = 1n;

/** Twenty digits of any script, or "". */
export const digitsOf = (typed) => {
  const digits = typed.replace(/[۰-۹]/g, (c) => c.charCodeAt(0) - 0x6f0)
    .replace(/[٠-٩]/g, (c) => c.charCodeAt(0) - 0x660).replace(/\D/g, "");
  return digits.length === 20 ? digits : "";
};

/** Eighteen random digits and their check. */
export const made = () => {
  const number = crypto.getRandomValues(new BigUint64Array(2));
  const head = ((number[0] << 64n) | number[1]) % 10n ** 18n * 100n;
  return String(head + ((BY_DEVICE - head) % CHECK + CHECK) % CHECK).padStart(20, "0");
};

/** `token` finds the report, `identity` opens it; the server is only ever given the first. */
export const derived = async (digits, salt) => {
  const bytes = Uint8Array.from(salt.match(/../g), (pair) => parseInt(pair, 16));
  const out = await scryptAsync(new TextEncoder().encode(digits), bytes, { N: 2 ** 15, r: 8, p: 1, dkLen: 64 });
  const token = Array.from(out.subarray(0, 32), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const identity = bech32.encodeFromBytes("AGE-SECRET-KEY-", out.subarray(32)).toUpperCase();
  return { token, identity, recipient: await identityToRecipient(identity) };
};

export const spoken = (digits) => digits.match(/.{4}/g).join(" ");
