/* The page where somebody chooses to use this phone without network, writes there, and removes it all. */
import { prepared } from "./files.js";
import { all, carried, one, say } from "./page.js";
import { spoken } from "./receipt.js";
import { drain, drop, inOrder, keep } from "./spool.js";
import { Full, choice, choose, commit, isChosen, row, rows, sealed, unsealed, wipe } from "./store.js";
import { visible } from "./visible.js";

const SHELL = "shell", LOOK = 20_000;  // milliseconds between two tries while a page is open
const language = () => document.documentElement.lang;

const piece = (template, filled) => {
  const made = one(`template[data-piece="${template}"]`).content.firstElementChild.cloneNode(true);
  for (const [name, text] of Object.entries(filled)) {
    for (const part of all(`[data-fill="${name}"]`, made)) part.textContent = text;
  }
  return made;
};

const when = (at) => new Intl.DateTimeFormat(`${language()}-u-nu-latn`, { dateStyle: "medium", timeStyle: "short", hour12: false }).format(at);

/** This page and what it is drawn with, so that it opens without network; what it had before goes. */
const remember = async () => {
  const address = `/${language()}/keep/`, page = await fetch(address);
  if (!page.ok || page.redirected) return;
  const html = await page.clone().text(), cache = await caches.open(SHELL);
  const parts = [...html.matchAll(/(?:src|href|data-font)="(\/static\/[^"]+)"/g)].map((match) => match[1]);
  const wanted = new Set(["/keep/", ...parts].map((path) => new URL(path, location.href).href));
  const fetched = await Promise.all(parts.map(async (path) => [path, await fetch(path)]));
  for (const [path, part] of fetched) if (part.ok) await cache.put(path, part);
  await cache.put("/keep/", page);  // last: never a page without its parts
  for (const old of await cache.keys()) if (!wanted.has(old.url)) await cache.delete(old);
};

const named = (it) => {
  document.title = it.name;
  for (const mark of all("[data-mask-name]")) mark.textContent = it.name;
  if (one("link[rel=manifest]")) return;
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = `/${language()}/keep/${it.mask}.webmanifest`;
  document.head.append(link);
};

const summary = (item) => {
  const words = item.payload?.text || item.fields?.text || "";
  return visible(words.startsWith("-----BEGIN") ? "" : words).slice(0, 200);
};

const drawQueue = async (page) => {
  const list = one("[data-queue]", page), made = [];
  for (const row of inOrder(await rows("queue"))) {
    const { told: item } = await unsealed(row);
    const part = piece("waiting", { words: summary(item) || "…", at: when(row.at) });
    for (const said of all("[data-state]", part)) said.hidden = said.dataset.state !== (row.state === "stuck" ? row.why || "refused" : row.state);
    one("[data-act=send]", part).hidden = row.state === "waiting";
    one("[data-act=change]", part).hidden = !item.payload;
    one("[data-act=send]", part).onclick = async () => {
      await commit([["put", "queue", row.id, { ...row, state: "waiting", why: "" }]]);
      await refresh(page);
      await drain();
      await refresh(page);
    };
    one("[data-act=drop]", part).onclick = async () => { await drop(row.id); await refresh(page); };
    one("[data-act=change]", part).onclick = () => {
      const form = one("form[data-write]", page);
      form.elements.text.value = item.payload.text || "";
      form.elements.landmark.value = item.payload.landmark || "";
      form.dataset.changing = row.id;
      form.elements.text.focus();
    };
    made.push(part);
  }
  list.replaceChildren(...made);
  one("[data-nothing]", page).hidden = made.length > 0;
};

const drawReceipts = async (page) => {
  const made = [];
  for (const row of (await rows("receipts")).sort((one, two) => one.at - two.at)) {
    const { told } = await unsealed(row);
    const part = piece("receipt", { reference: told.reference, digits: spoken(told.digits), at: when(row.at) });
    one("[data-act=read]", part).onclick = async () => { await commit([["delete", "receipts", row.id]]); await refresh(page); };
    made.push(part);
  }
  one("[data-receipts]", page).replaceChildren(...made);
};

const drawCases = async (page) => {
  const made = [];
  for (const row of (await rows("cases")).sort((one, two) => two.at - one.at)) {
    const { told } = await unsealed(row), part = piece("case", { title: told.title, at: when(row.at) });
    one("[data-lines]", part).append(...told.lines.map(([tag, text]) => {
      const line = document.createElement(tag === "h" ? "h4" : "p"), words = document.createElement("bdi");
      words.dir = "auto";
      words.textContent = text;
      line.append(words);
      return line;
    }));
    one("[data-act=forget]", part).onclick = async () => { await commit([["delete", "cases", row.id]]); await refresh(page); };
    made.push(part);
  }
  one("[data-cases]", page).replaceChildren(...made);
};

/** References of an officer's own queue, to note something about without network. */
const drawNotes = async (page) => {
  const form = one("form[data-notes]", page), kept = await row("choice", "officer");
  form.hidden = !kept;
  if (!kept) return;
  const { told } = await unsealed(kept), field = form.elements.reference, before = field.value;
  field.replaceChildren(...told.references.map((each) => new Option(each, each)));
  if (told.references.includes(before)) field.value = before;
};

const noteDown = async (page, form) => {
  say("", page);
  const fields = { reference: form.elements.reference.value, kind: form.elements.kind.value, text: form.elements.note.value };
  if (!fields.text.trim()) return say("empty", page);
  try {
    await keep({ kind: "note", told: { language: language(), fields } });
  } catch (error) {
    if (!(error instanceof Full)) throw error;
    return say("full", page);
  }
  form.elements.note.value = "";
  say("kept", page);
  await refresh(page);
  await drain();
  await refresh(page);
};

const takeAlong = async (part) => {
  if (!(await isChosen())) return;
  part.hidden = false;
  one("button", part).onclick = async () => {
    await commit([["put", "choice", "officer", await sealed({}, { references: carried("references") })]]);
    one("[data-taken]").hidden = false;
  };
};

const refresh = async (page) => {
  const on = await isChosen();
  for (const part of all("[data-when]", page)) part.hidden = part.dataset.when !== (on ? "on" : "off");
  if (!on) return;
  named(await choice());
  await drawQueue(page);
  await drawReceipts(page);
  await drawCases(page);
  await drawNotes(page);
};

const register = () => navigator.serviceWorker.register("/keep/worker.js", { scope: "/", updateViaCache: "none" });

const begin = async (page, form) => {
  const mask = form.elements.mask.value, chosen = one(`[name=mask][value="${mask}"]`, form);
  await register();
  await choose({
    mask, name: chosen.dataset.name, icon: chosen.dataset.icon, news: form.dataset.news, language: language(),
    direction: document.documentElement.dir,
  });
  try { localStorage.setItem("kept", "1"); } catch { /* the worker alone will do */ }
  await navigator.serviceWorker.ready;
  await remember();
  await navigator.storage?.persist?.().catch(() => false);
  await refresh(page);
};

const write = async (page, form) => {
  say("", page);
  const value = (name) => form.elements[name]?.value.trim() || "";
  const chosen = [...form.elements.files.files];
  if (!value("text")) return say("empty", page);
  const payload = { v: 1, language: language(), text: form.elements.text.value };
  for (const name of ["landmark", "phone", "danger"]) if (value(name)) payload[name] = value(name);
  if (payload.phone) payload.way = "call";
  const seen = { category: "", district: value("district"), about_unit: "", about_on: "", danger: value("danger"), woman_officer: "" };
  const told = { language: language(), payload, seen, news: {}, apart: true };
  const files = [];
  for (const file of chosen) {
    try { files.push(await prepared(file)); } catch { return say("picture", page); }
  }
  try {
    const kept = await keep({ kind: "report", told, files, id: form.dataset.changing || undefined });
    form.reset();
    delete form.dataset.changing;
    say(kept.files < files.length ? "filesfull" : "kept", page);
  } catch (error) {
    if (!(error instanceof Full)) throw error;
    return say("full", page);
  }
  await refresh(page);
  await drain();
  await refresh(page);
};

/** On the page of a followed report: a copy of what it shows, for reading without network, if she wants. */
const caseButton = async (part) => {
  if (!(await isChosen())) return;
  part.hidden = false;
  one("[data-keep-copy]", part).onclick = async () => {
    const main = one("main"), lines = [];
    for (const line of all("h1, h2, h3, p, li, dt, dd", main)) {
      if (line.closest("form, [data-keep-case], [hidden], .note") || line.querySelector("p, li, dd")) continue;
      const text = (line.closest("details:not([open])") ? line.textContent : line.innerText).trim();
      if (text) lines.push([/^H/.test(line.tagName) ? "h" : "p", text]);
    }
    const title = one("bdi.code", main)?.textContent || one("h1", main).textContent;
    await commit([["put", "cases", title, await sealed({ at: Date.now() }, { title, lines })]]);
    one("[data-keep-said]", part).hidden = false;
  };
};

/** News to this phone without a number: the address is made by the browser, and goes with the form. */
const newsButton = async (form) => {
  if (!(await isChosen()) || !("PushManager" in window)) return;
  form.hidden = false;
  const button = one("[data-news-on]", form);
  button.onclick = async (event) => {
    if (form.elements.subscription.value) return;
    event.preventDefault();
    try {
      if ((await Notification.requestPermission()) !== "granted") throw new Error("not allowed");
      const scope = await navigator.serviceWorker.ready;
      const made = await scope.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.key });
      form.elements.subscription.value = JSON.stringify(made);
      form.requestSubmit(button);
    } catch {
      one("[data-news-not]", form).hidden = false;
    }
  };
};

const look = () => {
  for (const part of all("[data-keep-case]")) caseButton(part);
  for (const part of all("[data-take-along]")) takeAlong(part);
  for (const form of all("form[data-news]")) newsButton(form);
  const page = one("[data-keep-page]");
  if (!page || page.dataset.began) return;
  page.dataset.began = "1";
  const off = one("form[data-choose]", page), form = one("form[data-write]", page);
  off.onsubmit = async (event) => {
    event.preventDefault();
    const button = one("button", off);
    button.disabled = true;
    try { await begin(page, off); } catch { say("cannot", page); } finally { button.disabled = false; }
  };
  const notes = one("form[data-notes]", page);
  notes.onsubmit = async (event) => { event.preventDefault(); await noteDown(page, notes); };
  form.onsubmit = async (event) => { event.preventDefault(); await write(page, form); };
  one("[data-remove]", page).onclick = async () => {
    try { localStorage.removeItem("kept"); } catch { /* nothing there */ }
    await wipe();
    location.reload();
  };
  new BroadcastChannel("kept").onmessage = () => refresh(page);
  if (!("serviceWorker" in navigator && "locks" in navigator && window.indexedDB && crypto.subtle)) say("cannot", page);
  refresh(page);
};

/** Queue of this device for other pages: `true` where it is kept. */
const forPages = {
  report: async (told, files, id) => {
    if (!(await isChosen())) return false;
    await keep({ kind: "report", told, files, id });
    return true;
  },
};

export const start = async () => {
  look();
  addEventListener("mohalla:page", look);
  addEventListener("mohalla:wipe", () => wipe());
  if (!(await isChosen())) return;
  window.mohallaKeep = forPages;
  if (one("[data-keep-page]")) await register().catch(() => {});  // a browser may have dropped it
  const go = () => drain().catch(() => {});
  addEventListener("online", go);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) go(); });
  setInterval(go, LOOK);
  await go();
  if (one("[data-keep-page]") && navigator.onLine) remember().catch(() => {});
};
