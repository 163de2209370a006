/* What this phone keeps, only where its owner chose so: one database, each row sealed with a key that no
 * script can take out. Shared by pages and the worker. */

const NAME = "kept", STORES = ["key", "choice", "queue", "files", "receipts", "cases"];
const coded = new TextEncoder(), decoded = new TextDecoder();
let opened = null;

export class Full extends Error {}  // the phone has no room, or gives none

const done = (request) => new Promise((good, bad) => {
  request.onsuccess = () => good(request.result);
  request.onerror = () => bad(request.error);
});

/** The database, or null where nothing was chosen: looking for it makes none. */
const database = (make = false) => {
  if (opened && !make) return opened;
  const found = new Promise((good) => {
    let request;
    try { request = indexedDB.open(NAME, 1); } catch { good(null); return; }
    request.onupgradeneeded = () => {
      if (!make) return request.transaction.abort();
      for (const name of STORES) request.result.createObjectStore(name);
    };
    request.onsuccess = () => {
      const base = request.result;
      base.onversionchange = () => { base.close(); opened = null; };  // somebody wipes it
      base.onclose = () => { opened = null; };
      good(base);
    };
    request.onerror = (event) => { event.preventDefault(); good(null); };
  });
  opened = found.then((base) => { if (!base) opened = null; return base; });
  return opened;
};

export const isChosen = async () => Boolean(await database());

const get = async (store, id) => {
  const base = await database();
  return base ? done(base.transaction(store).objectStore(store).get(id)) : undefined;
};

export const choice = () => get("choice", "it");

/** Chosen: the key is made here and nowhere else. */
export const choose = async (said) => {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await database(true);
  const before = await get("key", "it");
  await commit([...(before ? [] : [["put", "key", "it", key]]), ["put", "choice", "it", said]]);
};

/** A row: `open` may be read by whoever reads the disk (order, size, state), `told` and `bytes` may not. */
export const sealed = async (open, told, bytes = new Uint8Array()) => {
  const head = coded.encode(JSON.stringify(told)), whole = new Uint8Array(4 + head.length + bytes.length);
  new DataView(whole.buffer).setUint32(0, head.length);
  whole.set(head, 4);
  whole.set(bytes, 4 + head.length);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await get("key", "it"), whole);
  return { ...open, iv, data };
};

export const unsealed = async (row) => {
  const whole = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, await get("key", "it"), row.data));
  const length = new DataView(whole.buffer).getUint32(0);
  return { told: JSON.parse(decoded.decode(whole.subarray(4, 4 + length))), bytes: whole.subarray(4 + length) };
};

/** All or nothing: `["put", store, id, row]`, `["delete", store, id]`; `unless(rows)` looks once more, inside. */
export const commit = async (steps) => {
  const base = await database();
  if (!base) throw new Full();
  const names = [...new Set(steps.map((step) => step[1]))];
  const way = base.transaction(names, "readwrite", { durability: "strict" });
  const ended = new Promise((good, bad) => {
    way.oncomplete = good;
    way.onabort = way.onerror = () => bad(new Full());
  });
  try {
    for (const [what, store, id, row] of steps) {
      const all = way.objectStore(store);
      if (what === "put") all.put(row, id);
      else if (what === "delete") all.delete(id);
      else row(await done(all.get(id)), all);  // "look": decides inside the same step
    }
  } catch (error) {
    try { way.abort(); } catch { /* over already */ }
    await ended.catch(() => {});
    throw error instanceof DOMException ? new Full() : error;
  }
  await ended;
};

/** All rows of a store, with their ids. */
export const rows = async (store) => {
  const base = await database();
  if (!base) return [];
  const all = base.transaction(store).objectStore(store);
  const [keys, values] = await Promise.all([done(all.getAllKeys()), done(all.getAll())]);
  return keys.map((id, at) => ({ ...values[at], id }));
};

export const row = get;

/** Nothing of it is left: key, queue, shell, the worker itself, and the address for news. */
export const wipe = async () => {
  const scope = self.registration || (await navigator.serviceWorker?.getRegistration("/").catch(() => null));
  const base = opened && (await opened);
  if (base) base.close();
  opened = null;
  const steps = [new Promise((good) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = good;
  })];
  for (const name of await caches.keys()) steps.push(caches.delete(name));
  await Promise.allSettled(steps);
  const news = await scope?.pushManager?.getSubscription().catch(() => null);
  await news?.unsubscribe().catch(() => {});
  await scope?.unregister();
  // the browser clears its own files where a server asks for it; without network it may keep emptied ones
  await fetch("/keep/gone").catch(() => {});
};
