/* One file for the page and for the worker, so that there is one hash to look up. */
import { start as page } from "./keeping.js";
import { start as worker } from "./worker.js";

if (typeof document === "undefined") worker(); else page();
