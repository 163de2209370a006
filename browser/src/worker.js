/* The worker: only where somebody chose it. Everything comes from the network; without one, the page for
 * that, and what was just sent is kept. It stores no page but its own. */
import { drain, keep } from "./spool.js";
import { choice, isChosen, wipe } from "./store.js";

const SHELL = "shell";
const shell = async () => (await caches.match("/keep/")) || Response.error();

/** Which of our forms may wait, and as what. */
const waits = (path, data) => {
  if (path === "/report/" && data.get("text") && !["keys", "seal"].includes(data.get("go"))) {
    return { kind: "form", state: data.get("go") === "send" ? "waiting" : "draft" };
  }
  if (path === "/track/" && data.get("do") === "message" && data.get("receipt")) return { kind: "message", state: "waiting" };
  return null;
};

const LEFT_OUT = new Set(["csrfmiddlewaretoken", "go", "step"]);

/** The line is gone, and her words are in the request: they wait here, under the key of their form. */
const kept = async (path, language, data) => {
  const as = waits(path, data);
  if (!as || !(await isChosen())) return false;
  const fields = {}, files = [];
  for (const [name, value] of data) {
    if (value instanceof Blob) {
      if (value.size) files.push({ name: value.name, field: name, blob: value });
    } else if (!LEFT_OUT.has(name)) fields[name] = value;
  }
  await keep({ ...as, told: { language, fields }, files, id: fields.key || undefined });
  return true;
};

const sent = async (request, path, language) => {
  const copy = request.clone();
  try { return await fetch(request); } catch (error) {
    if (!(await kept(path, language, await copy.formData()).catch(() => false))) throw error;
    if (request.mode === "navigate") return Response.redirect(`/${language}/keep/#queue`, 303);
    return shell();
  }
};

export const start = () => {
  addEventListener("install", () => skipWaiting());
  addEventListener("activate", (event) => event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== SHELL) await caches.delete(name);
    await clients.claim();
  })()));

  addEventListener("fetch", (event) => {
    const { request } = event, url = new URL(request.url);
    if (url.origin !== location.origin || /\/(leave|sign-out)\/$/.test(url.pathname)) return;
    const [, language = "ur", path] = /^(?:\/(ur|ps|en))?(\/.*)$/.exec(url.pathname) || [];
    if (request.method === "POST" && (path === "/report/" || path === "/track/")) {
      event.respondWith(sent(request, path, language));
    } else if (request.method === "GET" && request.mode === "navigate") {
      event.respondWith(fetch(request).catch(shell));
    } else if (request.method === "GET" && path.startsWith("/static/")) {
      event.respondWith(fetch(request).catch(async () => (await caches.match(request.url)) || Response.error()));
    }
  });

  addEventListener("sync", (event) => event.waitUntil(drain()));
  addEventListener("message", (event) => {
    if (event.data === "wipe") event.waitUntil(wipe());
  });

  // never a word of the matter: a locked screen is read by whoever holds the phone
  addEventListener("push", (event) => event.waitUntil((async () => {
    const it = await choice();
    if (!it) return self.registration.pushManager.getSubscription().then((news) => news?.unsubscribe());
    return self.registration.showNotification(it.name, {
      body: it.news, lang: it.language, dir: it.direction, tag: "news", icon: it.icon, badge: it.icon,
    });
  })()));
  addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(choice().then((it) => clients.openWindow(`/${it?.language || "ur"}/keep/`)));
  });
};
