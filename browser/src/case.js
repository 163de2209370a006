/* The desk's side: a sealed case opened with the desk's key, and acts whose words are sealed. */
import { open, openKey, seal, sealKey } from "./envelope.js";
import { decorate, named, sealedForm } from "./opened.js";
import { all, carried, one, say } from "./page.js";

const ANY = "00000000-0000-0000-0000-000000000000";

/** Shows everything on the page as soon as the officer has opened the desks' keys (`unlock`). */
export const start = async (panel, unlock) => {
  const sealed = carried("report-keys");
  let key = null;
  for (const form of all("form[data-give]")) form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!key) return say("stopped", panel);
    form.elements.sealed.value = await sealKey(key, [form.dataset.give]);
    form.submit();
  });
  const held = await unlock();
  for (const [desk, armoured] of Object.entries(sealed)) {
    if (held.has(desk) && !key) key = await openKey(armoured, held.get(desk)).catch(() => null);
  }
  for (const part of all("[data-identity]")) await named(part, [...held.values()]);
  if (!key) return say("elsewhere", panel);
  await decorate(key, (id) => fetch(panel.dataset.file.replace(ANY, id)));
};

/** Answering for the desk that holds the outer lock of a name: a yes opens that lock here. */
export const peel = async (form, unlock) => {
  let keys = null;
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value !== "yes") return;
    event.preventDefault();
    if (!keys) return say("peel");
    try {
      form.elements.peeled.value = await open(form.dataset.peel, keys);
      form.submit();
    } catch { say("peel"); }
  });
  keys = [...(await unlock()).values()];
};

/** A form about a sealed case: its words and files are sealed before they go, or nothing goes. */
export const act = (form) => form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const data = await sealedForm(form, event.submitter, form.dataset.sealTo, seal);
    for (const field of all("textarea[name]", form)) field.value = data.get(field.name);
    for (const field of all("input[type=file][name]", form)) {
      const sealed = new DataTransfer();
      for (const each of data.getAll(field.name)) if (each.size) sealed.items.add(each);
      field.files = sealed.files;
    }
    HTMLFormElement.prototype.submit.call(form);
  } catch { say("failed"); }
});
