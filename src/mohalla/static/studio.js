/* Record in the browser: what the microphone gave becomes a wav file of 8000 samples in the form. */
(() => {
  "use strict";
  const form = document.querySelector("[data-studio]");
  if (!form || !navigator.mediaDevices || !window.MediaRecorder || !window.DataTransfer || !isSecureContext) return;
  const bar = form.querySelector("[data-recorder]"), button = bar.querySelector("[data-record]");
  const label = button.querySelector("span"), plain = label.textContent, heard = bar.querySelector("audio");
  const RATE = 8000;
  let recorder = null;
  bar.hidden = false;

  const wav = (samples) => {
    const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
    const text = (at, word) => [...word].forEach((c, n) => view.setUint8(at + n, c.charCodeAt(0)));
    text(0, "RIFF"); view.setUint32(4, 36 + samples.length * 2, true); text(8, "WAVEfmt ");
    view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
    view.setUint32(24, RATE, true); view.setUint32(28, RATE * 2, true);
    view.setUint16(32, 2, true); view.setUint16(34, 16, true);
    text(36, "data"); view.setUint32(40, samples.length * 2, true);
    samples.forEach((s, n) => view.setInt16(44 + n * 2, Math.max(-1, Math.min(1, s)) * 32767, true));
    return view.buffer;
  };
  const kept = async (blob) => {
    const opened = new AudioContext(), found = await opened.decodeAudioData(await blob.arrayBuffer());
    opened.close();
    const made = new OfflineAudioContext(1, Math.ceil(found.duration * RATE), RATE), source = made.createBufferSource();
    source.buffer = found; source.connect(made.destination); source.start();
    const file = new File([wav((await made.startRendering()).getChannelData(0))], "part.wav", { type: "audio/wav" });
    const files = new DataTransfer();
    files.items.add(file);
    form.querySelector("input[type=file]").files = files.files;
    heard.src = URL.createObjectURL(file);
    heard.hidden = false;
  };
  button.onclick = async () => {
    if (recorder) { recorder.stop(); return; }
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch {
      form.querySelector("[data-refused-microphone]").hidden = false;
      return;
    }
    const parts = [];
    recorder = new MediaRecorder(stream);
    recorder.ondataavailable = (e) => parts.push(e.data);
    recorder.onstop = () => {
      stream.getTracks().forEach((track) => track.stop());
      recorder = null;
      label.textContent = plain;
      kept(new Blob(parts));
    };
    recorder.start();
    label.textContent = button.dataset.stop;
  };
})();
