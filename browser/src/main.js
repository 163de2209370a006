/* Each page says by its own marks what it needs. */
import { act, peel, start as sealedCase } from "./case.js";
import { attach as deskKeys } from "./desk-keys.js";
import { attach as holder, unlock } from "./holder.js";
import { all, one } from "./page.js";
import { start as searchSealed } from "./search.js";
import { start as report } from "./report.js";
import { enter } from "./track.js";

holder();
deskKeys();

const sealing = one("form[data-sealing]");
if (sealing) report(sealing);
const panel = one("[data-sealed-case]");
if (panel) sealedCase(panel, unlock);
const layer = one("form[data-peel]");
if (layer) peel(layer, unlock);
for (const form of all("form[data-seal-to]")) act(form);
const looking = one("[data-sealed-search]");
if (looking) searchSealed(looking, unlock);

// the page where a receipt is typed loads this only when it is needed
window.mohallaSeal = { enter };
