/* Passkeys: ask the server what to ask, ask the device, post its answer with the form. */
(() => {
  "use strict";
  const form = document.querySelector("[data-passkey]");
  if (!form || !window.PublicKeyCredential || !isSecureContext) return;
  const all = (css, f) => document.querySelectorAll(css).forEach(f);
  const say = (word) => all("[data-said]", (part) => { part.hidden = part.dataset.said !== word; });
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const options = (asked) => {
    const wish = asked.publicKey;
    wish.challenge = bytes(wish.challenge);
    if (wish.user) wish.user.id = bytes(wish.user.id);
    for (const list of [wish.excludeCredentials, wish.allowCredentials]) {
      for (const one of list || []) one.id = bytes(one.id);
    }
    return { publicKey: wish };
  };
  const answer = (made) => {
    const told = made.response, out = { clientDataJSON: text(told.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (told[name]) out[name] = text(told[name]);
    }
    if (told.getTransports) out.transports = told.getTransports();
    const { prf } = made.getClientExtensionResults();
    return JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type, response: out,
      clientExtensionResults: prf ? { prf: { enabled: prf.enabled === true } } : {},
    });
  };

  // the page says beforehand what is left without this script
  all("[data-without]", (part) => { part.hidden = true; });
  all("[data-with]", (part) => { part.hidden = false; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    say("");
    try {
      const asked = await fetch(form.dataset.question, { method: "POST", body: new FormData(form) });
      if (asked.status === 403) return location.reload();  // a proof that grew old
      if (!asked.ok) return say(asked.status === 429 ? "wait" : "refused");
      const wish = options(await asked.json());
      const make = form.dataset.passkey === "make";
      form.elements.answer.value = answer(await navigator.credentials[make ? "create" : "get"](wish));
      form.submit();
    } catch (error) {
      say({ InvalidStateError: "known", SecurityError: "elsewhere" }[error.name] || "stopped");
    } finally {
      button.disabled = false;
    }
  });
  // the digits of an invitation come in the fragment, which no server sees
  const digits = form.elements.digits;
  if (digits && /^#\d{20}$/.test(location.hash)) {
    digits.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
  }
})();
