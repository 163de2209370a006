/* Sealed texts on a page, put into words again for whoever holds the report's key. */
import { isSealed, open, openFile, sealFile } from "./envelope.js";
import { all, carried, one, save } from "./page.js";
import { visible } from "./visible.js";

const piece = (name, text, className) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
};

const words = (text) => {
  const made = piece("bdi", visible(text), "said");
  made.dir = "auto";
  return made;
};

/** Each sealed text of the page in words; what this key does not open says so. */
export const decorate = async (identity, fetchFile) => {
  const names = carried("envelope-names");
  for (const part of all("[data-sealed]")) {
    try {
      part.replaceWith(words(await open(part.dataset.sealed, identity)));
    } catch {
      part.textContent = part.dataset.not;
    }
  }
  for (const field of all("textarea")) {
    if (isSealed(field.value)) field.value = await open(field.value, identity).catch(() => "");
  }
  for (const part of all("[data-envelope]")) {
    try {
      part.replaceChildren(...report(JSON.parse(await open(part.dataset.envelope, identity)), names));
    } catch {
      part.textContent = part.dataset.not;
    }
  }
  for (const button of all("[data-sealed-file]")) file(button, names, identity, fetchFile);
};

/** Name and number, for the desk that holds the inner lock. */
export const named = async (part, keys) => {
  try {
    part.replaceChildren(...report(JSON.parse(await open(part.dataset.identity, keys)), carried("envelope-names")));
  } catch { /* stays as it is: another desk's */ }
};

/** The answers of a report, in the order and under the names that the page carries. */
const report = (told, names) => {
  const parts = [];
  if (told.text) {
    const text = piece("p", undefined, "words");
    text.append(words(told.text));
    parts.push(text);
  }
  const list = piece("dl", undefined, "facts");
  for (const [field, name] of Object.entries(names.fields)) {
    if (!told[field]) continue;
    const value = piece("dd");
    value.append(words(names.values[told[field]] || told[field]));
    list.append(piece("dt", name), value);
  }
  parts.push(list);
  return parts;
};

const origin = (name, original) => {
  const made = piece("small", `${name}: `, "soft");
  made.append(words(original));
  return made;
};

/** A sealed file of the page, opened in place of its button. */
const file = (button, names, identity, fetchFile) => button.addEventListener("click", async (event) => {
  event.preventDefault();
  button.disabled = true;
  try {
    const response = await fetchFile(button.dataset.sealedFile);
    if (!response.ok) throw new Error("not here");
    const { told, blob } = await openFile(new Uint8Array(await response.arrayBuffer()), identity);
    const tag = { image: "img", audio: "audio", video: "video" }[told.type.split("/")[0]];
    if (!tag || told.type.includes("svg")) return save(blob, told.name);
    const part = piece(tag);
    part.src = URL.createObjectURL(blob);
    if (tag === "img") part.alt = names.picture; else part.controls = true;
    button.after(part, ...(told.original ? [origin(names.original, told.original)] : []));
    button.remove();
  } catch {
    button.textContent = names.broken;
  } finally {
    button.disabled = false;
  }
});

/** A form's words sealed where they stand, before they are sent; nothing goes where that fails.
 * `ready` makes of a chosen file what is sealed; a desk seals what it has, byte for byte. */
export const sealedForm = async (form, submitter, recipient, seal, ready = (blob) => ({ blob, name: blob.name })) => {
  const data = new FormData(form, submitter);
  for (const field of all("textarea[name]", form)) {
    const typed = data.get(field.name);
    if (typed && typed.trim() && !isSealed(typed)) data.set(field.name, await seal(typed, [recipient]));
  }
  for (const field of all("input[type=file][name]", form)) {
    const chosen = [...field.files];
    data.delete(field.name);
    for (const each of chosen) {
      if (!each.size) continue;
      const { blob, ...told } = await ready(each);
      data.append(field.name, new File([await sealFile(blob, told, [recipient])], "sealed.age"));
    }
  }
  return data;
};

export const recipientOf = () => (one("[data-recipient]") || { dataset: {} }).dataset.recipient;
