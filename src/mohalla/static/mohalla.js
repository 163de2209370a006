/* Everything here only makes easier what works without it. */
(() => {
  "use strict";
  const all = (css, f) => document.querySelectorAll(css).forEach(f);
  const one = (id) => document.getElementById(id);

  // A script that did not come, or is not the one that was published, was refused by the browser.
  addEventListener("error", (e) => {
    if (e.target.tagName === "SCRIPT") all("[data-refused]", (part) => { part.hidden = false; });
  }, true);

  // Leave quickly: blank at once, then away; this page is not in the history any more.
  let presses = 0, timer;
  const away = (leave) => location.replace(navigator.onLine === false ? leave.dataset.exit : leave.href);
  const go = (leave) => {
    let kept = null;
    try { kept = localStorage.getItem("kept"); localStorage.clear(); sessionStorage.clear(); } catch {}
    document.documentElement.hidden = true;
    document.title = "…";
    const works = navigator.serviceWorker;
    if (!kept && !(works && works.controller)) return away(leave);
    // what somebody chose to keep goes here, not only at the server: there may be no network
    if (works && works.controller) works.controller.postMessage("wipe");
    dispatchEvent(new Event("mohalla:wipe"));
    setTimeout(() => away(leave), 300);
  };
  addEventListener("click", (e) => {
    const leave = e.target.closest("[data-exit]");
    if (leave) { e.preventDefault(); go(leave); }
  });
  addEventListener("keydown", (e) => {
    clearTimeout(timer);
    presses = e.key === "Shift" && !e.repeat ? presses + 1 : 0;
    timer = setTimeout(() => { presses = 0; }, 1500);
    const leave = document.querySelector("[data-exit]");
    if (presses === 3 && leave) go(leave);
  });

  // Read aloud, only where the device has a voice for the language of the page.
  const language = document.documentElement.lang;
  const voices = () => {
    const voice = speechSynthesis.getVoices().find((v) => v.lang.toLowerCase().startsWith(language));
    all("[data-listen]", (button) => {
      button.hidden = !voice;
      button.onclick = () => {
        const label = button.querySelector("span");
        const plain = button.dataset.plain || (button.dataset.plain = label.textContent);
        if (speechSynthesis.speaking) { speechSynthesis.cancel(); return; }
        const words = new SpeechSynthesisUtterance(one(button.dataset.listen).innerText);
        words.voice = voice; words.lang = voice.lang; words.rate = 0.9;
        words.onend = words.onerror = () => { label.textContent = plain; };
        label.textContent = button.dataset.stop;
        speechSynthesis.speak(words);
      };
    });
  };
  if ("speechSynthesis" in window && document.querySelector("[data-listen]")) {
    voices();
    speechSynthesis.onvoiceschanged = voices;
    addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  // Who chose to use this phone without network too has more on some pages.
  let more = false;
  const shown = () => {
    const keep = document.querySelector("[data-kept-by]");
    try { if (keep && !more && localStorage.getItem("kept")) {
      more = true;
      const script = document.createElement("script");
      script.integrity = keep.dataset.integrity;
      script.src = keep.dataset.keptBy;
      document.head.append(script);
    } } catch {}
    all("[data-print]", (button) => { button.hidden = false; button.onclick = () => print(); });
    if (navigator.clipboard) all("[data-copy]", (button) => {
      button.hidden = false;
      button.onclick = () => navigator.clipboard.writeText(one(button.dataset.copy).innerText)
        .then(() => { button.querySelector("span").textContent = button.dataset.did; }, () => {});
    });
  };
  shown();
  addEventListener("mohalla:page", shown);  // another page took this one's place

  // A draft on the phone, only if its owner ticks it; gone when sent.
  const box = document.querySelector("[data-keep]"), text = one("id_text");
  try {
    if (document.querySelector("[data-done]")) localStorage.removeItem("words");
    if (box && text) {
      const tick = box.querySelector("input"), kept = localStorage.getItem("words");
      box.hidden = false;
      tick.checked = kept !== null;
      if (kept && !text.value) text.value = kept;
      const keep = () => tick.checked ? localStorage.setItem("words", text.value) : localStorage.removeItem("words");
      tick.onchange = keep;
      text.addEventListener("input", keep);
    }
  } catch {}

  // The phone's own location, rounded to about 100 m before it leaves the page.
  if (navigator.geolocation && isSecureContext) all("[data-locate]", (part) => {
    const [lat, lon] = part.dataset.locate.split(" ").map(one), word = part.querySelector("p");
    part.hidden = false;
    part.querySelector("button").onclick = () => navigator.geolocation.getCurrentPosition((at) => {
      lat.value = at.coords.latitude.toFixed(3);
      lon.value = at.coords.longitude.toFixed(3);
      word.textContent = word.dataset.got;
    }, () => { word.textContent = word.dataset.not; }, { timeout: 15000, maximumAge: 60000 });
  });

  // Photographs are made smaller, and lose what the camera wrote into them, before they travel.
  const shrink = async (file) => {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
    try {
      const image = await createImageBitmap(file), scale = Math.min(1, 1600 / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
      return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
    } catch { return file; }
  };
  if (window.createImageBitmap && window.DataTransfer) all("[data-shrink]", (input) => {
    let busy = false, pressed = null;
    input.onchange = async () => {
      busy = true;
      const made = new DataTransfer();
      for (const file of input.files) made.items.add(await shrink(file));
      input.files = made.files;
      busy = false;
      if (pressed) pressed.click();
    };
    input.form.addEventListener("submit", (e) => {
      if (busy) { e.preventDefault(); pressed = e.submitter; }
    });
  });

  // A receipt that a phone made itself is not sent: what opens such a report is loaded only then.
  // The last two digits say who made them (see `foundation/identifiers`), and show a slip at once.
  all("form[data-seal]", (form) => form.addEventListener("submit", (e) => {
    const digits = form.elements.receipt.value.replace(/[۰-۹]/g, (c) => c.charCodeAt(0) - 0x6f0)
      .replace(/[٠-٩]/g, (c) => c.charCodeAt(0) - 0x660).replace(/\D/g, "");
    if (digits.length !== 20) return;
    let rest = 0;
    for (const digit of digits) rest = (rest * 10 + +digit) % 97;
    all("[data-said]", (part) => { part.hidden = part.dataset.said !== (rest === 1 ? "opening" : rest === 2 ? "" : "slip"); });
    if (rest === 2) return;
    e.preventDefault();
    if (rest !== 1) return;
    const failed = () => all("[data-said]", (part) => { part.hidden = part.dataset.said !== "failed"; });
    if (window.mohallaSeal) return window.mohallaSeal.enter(form);
    const script = document.createElement("script");
    script.integrity = form.dataset.integrity;
    script.src = form.dataset.seal;
    script.onload = () => window.mohallaSeal.enter(form);
    script.onerror = failed;
    document.head.append(script);
  }));

  // A QR link carries the receipt in its fragment: into the field, out of the address.
  all("[data-receipt]", (field) => {
    const digits = location.hash.slice(1);
    if (/^\d{20}$/.test(digits)) {
      field.value = digits;
      history.replaceState(null, "", location.pathname);
      field.form.requestSubmit();
    }
  });
})();
