// What the reader sees around `check`. Everything that is shown is set as text, never as markup.
"use strict";
const given = JSON.parse(document.getElementById("given").textContent);
let tongue = given.language;
const place = (id) => document.getElementById(id);

function speak() {
  const words = given.words[tongue];
  document.documentElement.lang = tongue;
  document.documentElement.dir = tongue === "en" ? "ltr" : "rtl";
  for (const part of document.querySelectorAll("[data-say]")) part.textContent = words[part.dataset.say];
  for (const button of document.querySelectorAll("[data-tongue]"))
    button.setAttribute("aria-pressed", String(button.dataset.tongue === tongue));
}

function row(name, value) {
  const line = document.createElement("div"), label = document.createElement("dt"), shown = document.createElement("dd");
  label.textContent = name;
  const bdi = document.createElement("bdi");
  bdi.dir = "ltr";
  bdi.textContent = value;
  shown.append(bdi);
  line.append(label, shown);
  place("facts").append(line);
}

function time(moment) {
  return new Date(moment).toLocaleString("en-GB", { timeZone: "Asia/Karachi", dateStyle: "long", timeStyle: "short" });
}

function judge(content) {
  const words = given.words[tongue];
  place("facts").replaceChildren();
  place("answer").hidden = false;
  try {
    const found = check(content, given.key, given.witnesses);
    const logged = found.position !== null;
    place("answer").className = "good";
    place("verdict").textContent = logged ? words.logged : words.signed;
    row(words.reference, found.filing.reference);
    row(words.received, `${time(found.filing.received)} (PKT)`);
    row(words.contact, `${time(found.filing["contact-by"])} (PKT)`);
    if (logged) row(words.place, `${found.position} / ${found.size}`);
    if (found.witnesses.length) row(words.witnesses, found.witnesses.join(", "));
    else if (given.quorum) row(words.witnesses, words.pending);
  } catch (error) {
    place("answer").className = "bad";
    place("verdict").textContent = words.wrong;
    row(words.why, words[`why_${error.message}`] ?? words.why_note);
  }
  place("answer").focus();
}

place("file").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (file) judge(file.size > 100000 ? "" : await file.text());
});
place("check").addEventListener("click", () => judge(place("pasted").value));
for (const button of document.querySelectorAll("[data-tongue]"))
  button.addEventListener("click", () => { tongue = button.dataset.tongue; speak(); });
speak();
