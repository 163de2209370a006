/* Following a sealed report: the receipt stays here, its token travels, the words open here. */
import { openKey, seal } from "./envelope.js";
import { decorate, recipientOf, sealedForm } from "./opened.js";
import { prepared } from "./files.js";
import { all, one, save, say, swap } from "./page.js";
import { derived, digitsOf, spoken } from "./receipt.js";
import { generate } from "lean-qr";
import { toSvgSource } from "lean-qr/extras/svg";

let mine = null;  // what follows of the receipt; gone with the page

const words = async () => {
  const kept = one("[data-report-key]");
  if (!kept || !mine) return;
  const key = await openKey(kept.dataset.reportKey, mine.identity).catch(() => null);
  if (key) await decorate(key, (id) => post(kept.dataset.action, { do: "file", file: id }));
};

const post = (action, fields) => {
  const data = new FormData();
  const token = one("[name=csrfmiddlewaretoken]");
  if (token) data.set("csrfmiddlewaretoken", token.value);
  for (const [name, value] of Object.entries({ receipt: mine.token, ...fields })) data.set(name, value);
  return fetch(action, { method: "POST", body: data });
};

/** An answer in place of this page; what is not a page is a file to keep. */
const answered = async (response) => {
  if ((response.headers.get("Content-Type") || "").startsWith("text/html")) {
    swap(await response.text());
    drawn();
    await words();
    return;
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") || "");
  save(await response.blob(), name ? name[1] : "file");
};

/** The digits and their picture where the page leaves room for them. */
const drawn = () => {
  if (!mine) return;
  for (const part of all("[data-digits]")) part.textContent = spoken(mine.digits);
  for (const part of all("[data-digits-picture]")) {
    const source = toSvgSource(generate(part.dataset.digitsPicture + "#" + mine.digits), { width: 180, height: 180 });
    const image = document.createElement("img");
    image.src = "data:image/svg+xml," + encodeURIComponent(source);
    image.alt = part.dataset.alt;
    image.className = "qr";
    part.replaceChildren(image);
  }
};

/** From here on every form of this page goes through us, and its words are sealed. */
export const follow = (known) => {
  mine = known;
  addEventListener("submit", async (event) => {
    const form = event.target;
    if (!mine || form.method !== "post") return;
    event.preventDefault();
    const button = event.submitter;
    try {
      const to = recipientOf();
      const data = to ? await sealedForm(form, button, to, seal, prepared) : new FormData(form, button);
      if (button) button.disabled = true;  // not before: a disabled button is no part of the form
      const action = button && button.hasAttribute("formaction") ? button.formAction : form.action;
      await answered(await fetch(action, { method: "POST", body: data }));
    } catch {
      say("failed");
    } finally {
      if (button) button.disabled = false;
    }
  });
};

/** Called with a page that a report has just answered. */
export const arrived = async (known, html) => {
  follow(known);
  swap(html);
  drawn();
};

/** The receipt was typed: one that a device made is not sent. */
export const enter = async (form) => {
  const digits = digitsOf(one("[data-receipt]", form).value);
  try {
    const known = await derived(digits, form.dataset.salt);
    follow({ ...known, digits });
    await answered(await post(form.action, {}));
  } catch {
    say("failed");
  }
};
