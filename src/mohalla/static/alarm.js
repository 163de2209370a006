/* The duty alarm: what rings comes to every page of the desk within seconds, with sound. */
(() => {
  "use strict";
  const bar = document.getElementById("alarms"), sound = document.getElementById("alarm-sound"),
    deaf = document.getElementById("alarm-deaf");
  if (!bar) return;
  const EVERY = 2000, PATIENCE = 5;  // milliseconds; failed looks until we say so
  const title = document.title;
  let context = null, last = null, failed = 0, loud = false, over = false;

  const hear = () => {
    try { context = context || new AudioContext(); } catch { return; }
    if (context.state === "suspended") context.resume().then(show, () => {});
    show();
  };
  const show = () => { sound.hidden = !loud || Boolean(context && context.state === "running"); };

  // two tones, as a siren has, half a second each
  const tone = () => {
    if (!loud || !context || context.state !== "running") return;
    const start = context.currentTime;
    [880, 660, 880, 660].forEach((pitch, turn) => {
      const from = start + turn * 0.35, voice = context.createOscillator(), level = context.createGain();
      voice.type = "square";
      voice.frequency.value = pitch;
      level.gain.setValueAtTime(0.15, from);
      level.gain.setValueAtTime(0, from + 0.3);
      voice.connect(level).connect(context.destination);
      voice.start(from);
      voice.stop(from + 0.32);
    });
  };

  const state = () => {
    loud = Boolean(bar.querySelector("[data-alarm=loud]"));
    document.title = loud ? "(!) " + title : title;
    if (loud && !context) hear();
    show();
    tone();
  };

  const say = (which) => {
    deaf.hidden = !which;
    deaf.querySelectorAll("strong").forEach((part) => { part.hidden = !which || !(which in part.dataset); });
  };

  const look = async () => {
    if (over) return;
    try {
      const answer = await fetch(bar.dataset.strip, { headers: { "X-Requested-With": "alarm" }, cache: "no-store", redirect: "manual" });
      if (answer.type === "opaqueredirect") { over = true; say("out"); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      failed = 0;
      say("");
      const page = await answer.text(), told = page.replace(/ value="[^"]*"/g, "");  // tokens differ each time
      // read aloud only when it changes; a button under somebody's finger stays where it is
      if (told !== last && !bar.contains(document.activeElement)) { bar.innerHTML = page; last = told; }
    } catch {
      failed += 1;
      if (failed >= PATIENCE) say("away");
    }
    state();
  };

  addEventListener("pointerdown", hear, { once: true });
  addEventListener("keydown", hear, { once: true });
  sound.querySelector("button").onclick = hear;
  state();
  setInterval(look, EVERY);
})();
