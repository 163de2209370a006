/* A reporter's file before it is sealed: what the camera wrote into a picture stays on the phone. */
import { sha256 } from "@noble/hashes/sha2";

const SIDE = 1600;
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A picture drawn anew: smaller, and without what the camera wrote into it. Rejects where it cannot. */
const redrawn = async (file) => {
  const image = await createImageBitmap(file), scale = Math.min(1, SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
  if (!blob) throw new Error("not drawn");
  return blob;
};

/**
 * `{ name, blob, original }`, the last the hash of the file as it lies on the phone. Rejects where a
 * picture cannot be drawn anew: never the original in its place, it may hold where she lives.
 */
export const prepared = async (file) => {
  const original = hex(sha256(new Uint8Array(await file.arrayBuffer())));
  if (!file.type.startsWith("image/")) return { name: file.name, blob: file, original };
  return { name: file.name.replace(/\.\w+$/, "") + ".jpg", blob: await redrawn(file), original };
};
