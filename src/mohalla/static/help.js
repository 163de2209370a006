/* Help by one press: the place goes along where the phone tells it; without network an SMS takes over. */
(() => {
  "use strict";
  const one = (css) => document.querySelector(css);
  const tell = (f) => { if (navigator.geolocation && isSecureContext) navigator.geolocation.getCurrentPosition(f, () => {}, { enableHighAccuracy: true, timeout: 10000, maximumAge: 30000 }); };
  const fill = (form, at) => {
    form.elements.lat.value = at.coords.latitude.toFixed(5);
    form.elements.lon.value = at.coords.longitude.toFixed(5);
    form.elements.radius.value = Math.round(at.coords.accuracy);
  };

  const form = one("[data-help]"), link = one("[data-sms]");
  if (form) {
    const place = (at) => {
      fill(form, at);
      one("[data-place]").hidden = false;
      const body = `SOS ${form.elements.lat.value},${form.elements.lon.value}`;
      link.href = `sms:${link.dataset.sms}?body=${encodeURIComponent(body)}`;
    };
    // asked at once only where the phone may tell without a question: a question costs seconds
    if (navigator.permissions) navigator.permissions.query({ name: "geolocation" }).then((given) => { if (given.state === "granted") tell(place); }, () => {});
    const lost = () => { one("[data-lost]").hidden = false; link.focus(); tell(place); };
    form.addEventListener("submit", (e) => { if (!navigator.onLine) { e.preventDefault(); lost(); } });
    addEventListener("offline", lost);
  }

  const shown = one("[data-shown]");
  if (!shown) return;
  const live = one("[data-live]"), again = one("button[value=look]"), told = one("[data-told]").dataset.told;
  const send = (more) => {
    const body = new FormData(shown);
    body.delete("words");
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    return fetch(shown.action, { method: "POST", body, headers: { Accept: "application/json" }, cache: "no-store" });
  };
  const look = async (more) => {
    try {
      const answer = await send(more);
      if (!answer.ok) return;
      const now = await answer.json();
      // the page comes anew only when something happened, and never while she writes
      if ([now.seen, now.coming, now.there, now.over].join("|") !== told && document.activeElement.tagName !== "INPUT") again.form.requestSubmit(again);
    } catch {}
  };
  setInterval(() => look({ do: "look" }), 10000);
  if (navigator.geolocation && isSecureContext) {
    live.hidden = false;
    let last = 0;
    one("[data-start]").onclick = () => {
      one("[data-start]").hidden = true;
      navigator.geolocation.watchPosition((at) => {
        if (Date.now() - last < 10000) return;
        last = Date.now();
        one("[data-on]").hidden = false;
        look({ do: "shown", lat: at.coords.latitude.toFixed(5), lon: at.coords.longitude.toFixed(5), radius: Math.round(at.coords.accuracy) });
      }, () => { one("[data-start]").hidden = false; }, { enableHighAccuracy: true });
    };
  }
})();
