/* A report whose words never leave this page unsealed: every step is here, one after the other. */
import { sealFile } from "./envelope.js";
import { prepared as readied } from "./files.js";
import { all, carried, one, say } from "./page.js";
import { sealedReport } from "./prepare.js";
import { arrived } from "./track.js";
import { visible } from "./visible.js";

const MOST_FILES = 8;

class Refused extends Error {}  // with a sentence of the server
class Changed extends Error {}  // other keys stand now

export const start = (form) => {
  const { salt, most, csrf } = form.dataset, about = carried("sealing");
  const steps = all("[data-step]", form), thread = one("[data-thread]", form);
  const value = (name) => {
    const field = form.elements[name];
    if (!field) return "";
    if (field.type === "checkbox") return field.checked ? "yes" : "";
    return (field.value || "").trim();
  };
  let at = 0, prepared = null, desks = null;
  const files = [];

  const show = (to) => {
    at = Math.max(0, Math.min(steps.length - 1, to));
    steps.forEach((step, number) => { step.hidden = number !== at; });
    thread.textContent = thread.dataset.words.replace("{n}", at + 1).replace("{of}", steps.length);
    say("", form);
    const last = at === steps.length - 1;
    one('[data-go="next"]', form).hidden = last;
    one('[data-go="send"]', form).hidden = !last;
    if (last) check();
    const heading = one("h1, h2", steps[at]);
    if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
    scrollTo(0, 0);
  };

  const ask = async (go, fields) => {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", csrf);
    data.set("go", go);
    for (const [name, each] of Object.entries(fields)) data.set(name, each);
    const response = await fetch(form.action, { method: "POST", body: data });
    if (response.status === 409) throw new Changed();
    if (!response.ok) throw new Refused(((await response.json().catch(() => ({}))).problem) || "");
    return response;
  };

  // what the server is told besides: whom to keep out, how urgent it is, and nothing that was said
  const seen = () => ({
    category: about.category, district: value("district") || about.district,
    about_unit: value("about_unit"), about_on: about.police ? value("on") : "",
    danger: value("danger"), woman_officer: value("woman_officer"),
  });

  /** Nothing was sent; the way without the lock is offered again, with none of the words in it. */
  const stuck = (word) => {
    say(word, form);
    for (const part of all("[data-without]")) part.hidden = false;
  };

  const check = async () => {
    prepared = null;
    const list = one("[data-back]", form);
    list.replaceChildren();
    for (const [name, label] of Object.entries(about.names)) {
      const field = form.elements[name];
      if (!field) continue;
      const chosen = field.selectedOptions ? field.selectedOptions[0] : null;
      const radio = all(`[name="${name}"]:checked`, form)[0];
      const text = radio && radio.type === "radio" ? radio.closest("label").textContent
        : !value(name) ? "" : chosen ? chosen.textContent : value(name);
      const row = document.createElement("div"), term = document.createElement("dt"), told = document.createElement("dd");
      const words = document.createElement("bdi");
      words.dir = "auto"; words.className = text ? "said" : "soft";
      words.textContent = visible(text.trim()) || about.nothing;
      term.textContent = label;
      told.append(words);
      row.append(term, told);
      list.append(row);
    }
    const who = one("[data-desks]", form);
    who.textContent = "…";
    try {
      desks = await (await ask("keys", seen())).json();
      who.textContent = desks.desks.map((each) => each.name).join(", ");
      one("[data-apart]", form).hidden = !about.apart || !!desks.identity;
    } catch (error) {
      who.textContent = "–";
      stuck(error instanceof Changed ? "closed" : "network");
    }
  };

  const told = () => {
    const out = { v: 1, language: document.documentElement.lang };
    for (const name of about.sealed) if (value(name)) out[name] = value(name);
    const place = form.elements.place;
    if (value("place")) out.place = place.selectedOptions[0].textContent.trim();
    if (!out.phone) for (const name of ["way", "safe_from", "safe_to"]) delete out[name];  // no number: no way
    return out;
  };

  const upload = async (file, recipient) => {
    const data = new FormData(), { name, original } = file;
    data.set("file", await sealFile(file.blob, { name, original }, [recipient]), "sealed.age");
    const response = await fetch(about.upload, { method: "POST", body: data });
    if (!response.ok) throw new Refused(((await response.json().catch(() => ({}))).title) || "");
    const { id } = await response.json();
    return { id, name, original };
  };

  /** What travels beside the envelope only where she asked for news by SMS. */
  const news = () =>
    value("news") ? Object.fromEntries(["phone", "safe_from", "safe_to"].map((name) => [name, value(name)])) : {};

  const prepare = () => sealedReport({
    payload: told(), seen: seen(), news: news(), files, desks, apart: about.apart, key: about.key, salt, upload,
  });

  /** Where its owner chose so, what could not be sent waits on this phone; whether it does. */
  const waits = async () => {
    if (!window.mohallaKeep) return false;
    const kept = await window.mohallaKeep.report({
      payload: told(), seen: seen(), news: news(), apart: about.apart, prepared, language: document.documentElement.lang,
    }, files, about.key).catch(() => false);
    return kept;
  };

  const send = async (button, again = true) => {
    button.disabled = true;
    say("sealing");
    try {
      desks = desks || await (await ask("keys", seen())).json();
      prepared = prepared || await prepare();
      const response = await ask("seal", prepared.body);
      await arrived(prepared.known, await response.text());
    } catch (error) {
      if (error instanceof Changed && again) {
        prepared = desks = null;
        return send(button, false);
      }
      if (error instanceof Refused && error.message) {
        one("[data-why]", form).textContent = error.message;
        return say("refused", form);
      }
      if (error instanceof TypeError && await waits()) return say("kept", form);
      // sealed already: the network; else: this device cannot seal, and nothing has left it
      if (prepared) return say("network", form);
      stuck(error instanceof Changed ? "closed" : "failed");
    } finally {
      button.disabled = false;
    }
  };

  const listed = () => {
    const list = one("[data-files]", form);
    list.replaceChildren(...files.map((file) => {
      const row = document.createElement("p"), drop = document.createElement("button");
      row.className = "card bar";
      const name = document.createElement("bdi");
      name.textContent = visible(file.name);
      drop.type = "button"; drop.className = "button quiet"; drop.textContent = about.remove;
      drop.onclick = () => { files.splice(files.indexOf(file), 1); prepared = null; listed(); };
      row.append(name, " ", drop);
      return row;
    }));
  };

  for (const input of all("input[type=file]", form)) {
    input.onchange = async () => {
      say("", form);
      for (const file of [...input.files]) {
        if (files.length >= MOST_FILES) { say("many", form); break; }
        if (file.size > Number(most)) { say("large", form); continue; }
        try { files.push(await readied(file)); } catch { say("picture", form); }
      }
      input.value = "";
      prepared = null;
      listed();
    };
  }
  form.addEventListener("input", () => { prepared = null; });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-go]");
    if (!button) return;
    if (button.dataset.go === "back") {
      if (at === 0) return one("[data-leave]").click();
      return show(at - 1);
    }
    if (button.dataset.go === "send") return send(button);
    if (steps[at].dataset.step === "tell" && !value("text") && !files.length) return say("empty", form);
    if (value("text").length > 20_000) return say("long", form);
    show(at + 1);
  });

  const locate = one("[data-place-button]", form);
  if (locate && navigator.geolocation && isSecureContext) {
    locate.hidden = false;
    locate.onclick = () => navigator.geolocation.getCurrentPosition((found) => {
      form.elements.lat.value = found.coords.latitude.toFixed(3);
      form.elements.lon.value = found.coords.longitude.toFixed(3);
      say("located", form);
    }, () => say("unlocated", form), { timeout: 15000, maximumAge: 60000 });
  }
  for (const part of all("[data-without]")) part.hidden = true;
  form.hidden = false;
  show(0);
};
