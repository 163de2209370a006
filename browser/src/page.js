/* Small things that every sealing page needs. */

export const one = (css, root = document) => root.querySelector(css);
export const all = (css, root = document) => [...root.querySelectorAll(css)];

/** JSON that the page carries for scripts. */
export const carried = (id) => {
  const part = document.getElementById(id);
  return part ? JSON.parse(part.textContent) : null;
};

/** The answer takes this page's place; keys stay in the memory of this page, nothing is navigated. */
export const swap = (html) => {
  const next = new DOMParser().parseFromString(html, "text/html");
  for (const name of ["lang", "dir"]) document.documentElement.setAttribute(name, next.documentElement.getAttribute(name) || "");
  document.title = next.title;
  document.body.replaceWith(document.adoptNode(next.body));
  scrollTo(0, 0);
  dispatchEvent(new Event("mohalla:page"));
  const heading = one("h1");
  if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
};

/** A file for its reader, under a name that says nothing. */
export const save = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

/** One of the sentences that the page holds ready, shown alone. */
export const say = (word, root = document) => {
  for (const part of all("[data-said]", root)) part.hidden = part.dataset.said !== word;
  const shown = word && one(`[data-said="${word}"]`, root);
  if (shown) shown.scrollIntoView({ block: "center" });
};
