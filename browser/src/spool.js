/* The queue: what was written without network, and sends itself. Saved before each call, corrected after it. */
import { sealFile } from "./envelope.js";
import { sealedReport } from "./prepare.js";
import { Full, commit, isChosen, row as rowOf, rows, sealed, unsealed } from "./store.js";

const FORM = 1;  // shape of what lies in the queue; another one is left to the program that knows it

class Later extends Error {}  // no network, or a server that asks to wait
class Anew extends Error {}  // not this one now: changed meanwhile, or its officer is signed out
class Stuck extends Error {}  // a person must look; `message` is a word that the page knows

/** Words first, files last; in the order of writing. */
export const inOrder = (all) => all.sort((one, two) => one.large - two.large || one.at - two.at);

export const waiting = async () => inOrder(await rows("queue"));

/**
 * Keep one thing to send. `kind`: report (sealed at the moment of sending, to the keys of that moment), form
 * (a page of `/report/` as it was sent), message, note. Words are kept before files, so that a full phone
 * loses no words; `Full` where not even they have room. → `{ id, files }`: how many files had room.
 */
export const keep = async ({ kind, told, files = [], state = "waiting", id = crypto.randomUUID(), at = Date.now() }) => {
  const before = await rowOf("queue", id), alone = kind !== "report" && files.length > 0;
  const open = { v: FORM, at, state, large: alone ? 1 : 0, turn: (before?.turn || 0) + 1 };
  await commit([["put", "queue", id, await sealed(open, { kind, ...told, told_at: new Date(at).toISOString() })]]);
  let kept = 0;
  for (const { name, field, original, blob } of files) {
    try {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const row = await sealed({ of: id, number: kept }, { name, field, original, type: blob.type }, bytes);
      await commit([["put", "files", `${id}/${open.turn}/${kept}`, row]]);
      kept += 1;
    } catch (error) {
      if (!(error instanceof Full)) throw error;
      break;
    }
  }
  // where the browser can, it wakes the worker when there is a network again, with no page open
  const scope = self.registration || (await navigator.serviceWorker?.getRegistration("/").catch(() => null));
  await scope?.sync?.register("send").catch(() => {});
  return { id, files: kept };
};

const filesOf = async (id) =>
  (await rows("files")).filter((file) => file.of === id).sort((one, two) => one.number - two.number);

export const drop = async (id) =>
  commit([["delete", "queue", id], ...(await filesOf(id)).map((file) => ["delete", "files", file.id])]);

/** Send what waits, one thing after the other, in one tab or worker only. → how many went. */
export const drain = async () => {
  if (!(await isChosen())) return 0;
  return navigator.locks.request("send", { ifAvailable: true }, async (lock) => {
    let went = 0;
    const tried = new Set();
    while (lock) {
      const next = (await waiting()).find((row) => row.state === "waiting" && row.v === FORM && !tried.has(`${row.id} ${row.turn}`));
      if (!next) break;
      tried.add(`${next.id} ${next.turn}`);
      try {
        await send(next);
        went += 1;
        told();
      } catch (error) {
        if (error instanceof Anew) continue;
        if (!(error instanceof Stuck)) break;
        await corrected(next, (row) => ({ ...row, state: "stuck", why: error.message })).catch(() => {});
        told();
      }
    }
    return went;
  });
};

/** Pages that show the queue look again. */
const told = () => { const line = new BroadcastChannel("kept"); line.postMessage("changed"); line.close(); };

/** The row changed, unless it was written anew meanwhile. */
const corrected = (row, change) => commit([["look", "queue", row.id, (now, all) => {
  if (!now || now.turn !== row.turn) throw new Anew();
  all.put(change(now), row.id);
}]]);

const ask = async (address, fields, { files = [] } = {}) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value ?? "");
  for (const [field, blob, name] of files) data.append(field, blob, name);
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body: data, headers: { Accept: "application/json" } });
  } catch { throw new Later(); }
  if (answer.status === 429 || answer.status >= 500 || answer.status === 408) throw new Later();
  return answer;
};

const now = async () => {
  const answer = await fetch("/keep/now").catch(() => { throw new Later(); });
  if (!answer.ok) throw new Later();
  return answer.json();
};

const send = async (row) => {
  const { told: item } = await unsealed(row), at = await now();
  const page = (path) => `/${item.language}${path}`, csrf = { csrfmiddlewaretoken: at.csrf };
  return { report, form, message, note }[item.kind](row, item, { at, page, csrf });
};

const report = async (row, item, { at, page, csrf }, again = true) => {
  const seen = { ...item.seen, district: item.seen.district || at.district };
  if (!item.prepared) {
    const answer = await ask(page("/report/"), { ...csrf, ...seen, go: "keys" });
    if (!answer.ok) throw new Stuck(answer.status === 409 ? "closed" : "refused");
    const { payload, news, apart } = item, desks = await answer.json();
    item.prepared = await sealedReport({ payload, seen, news, desks, apart, key: row.id, salt: at.salt });
    const whole = await sealed({}, item);  // before the call: whatever is killed now, the same is sent again
    await corrected(row, (before) => ({ ...before, ...whole }));
  }
  const answer = await ask(page("/report/"), { ...csrf, ...item.prepared.body, told_at: item.told_at, go: "seal" });
  if (answer.status === 409 && again) {  // other keys stand now: sealed anew, never to the old
    item.prepared = null;
    return report(row, item, { at, page, csrf }, false);
  }
  if (!answer.ok) throw new Stuck(answer.status === 409 ? "closed" : "refused");
  const { reference } = await answer.json(), { digits, token } = item.prepared.known;
  await over(row, { reference, digits }, await followUps(row, item, token));
};

/** The report's files, each a message of its own after it, sealed to its key and kept so. */
const followUps = async (row, item, token) => {
  const steps = [];
  for (const file of await filesOf(row.id)) {
    const { told: head, bytes } = await unsealed(file), id = crypto.randomUUID();
    const whole = await sealFile(new Blob([bytes], { type: head.type }), { name: head.name, original: head.original },
      [item.prepared.body.recipient]);
    const fields = { do: "message", receipt: token, text: "" };
    steps.push(
      ["put", "queue", id, await sealed({ v: FORM, at: row.at + file.number / 100, state: "waiting", large: 1, turn: 1 },
        { kind: "message", language: item.language, fields, told_at: item.told_at })],
      ["put", "files", `${id}/1/0`, await sealed({ of: id, number: 0 }, { name: "sealed.age", field: "files", type: whole.type },
        new Uint8Array(await whole.arrayBuffer()))],
      ["delete", "files", file.id]);
  }
  return steps;
};

const attached = async (row) => Promise.all((await filesOf(row.id)).map(async (file) => {
  const { told: head, bytes } = await unsealed(file);
  return [head.field, new Blob([bytes], { type: head.type }), head.name];
}));

const form = async (row, item, { page, csrf }) => {
  const fields = { ...item.fields, ...csrf, go: "send", told_at: item.told_at };
  const answer = await ask(page("/report/"), fields, { files: await attached(row) });
  if (!answer.ok || !(answer.headers.get("Content-Type") || "").includes("json")) throw new Stuck("refused");
  const { reference, receipt } = await answer.json();
  await over(row, { reference, digits: receipt });
};

const message = async (row, item, { page, csrf }) => {
  const fields = { key: row.id, ...item.fields, ...csrf, do: "message", told_at: item.told_at };
  const answer = await ask(page("/track/"), fields, { files: await attached(row) });
  if (!answer.ok) throw new Stuck(answer.status === 404 ? "unknown" : "refused");
  await over(row);
};

const note = async (row, item, { page, csrf }) => {
  const answer = await ask(page("/desk/notes/"), { key: row.id, ...item.fields, ...csrf, told_at: item.told_at });
  if (answer.redirected || answer.status === 403) throw new Anew();  // signed out: it waits for its officer
  if (!answer.ok) throw new Stuck(answer.status === 404 ? "unknown" : "refused");
  await over(row);
};

/** It is there: out of the queue unless it was changed meanwhile, and its receipt stays to be read. */
const over = async (row, receipt = null, steps = []) => {
  const kept = receipt && (await sealed({ at: row.at }, receipt)), files = steps.length ? [] : await filesOf(row.id);
  await commit([
    ["look", "queue", row.id, (now, all) => { if (now && now.turn === row.turn) all.delete(row.id); }],
    ...(kept ? [["put", "receipts", `${row.id}/${row.turn}`, kept]] : []), ...steps,
    ...files.map((file) => ["delete", "files", file.id]),
  ]);
};
