/* One file for every page that seals or opens, one for phones that work without network: the same sources
 * give the same bytes. */
import { dirname, join } from "node:path";
import { build } from "esbuild";

const out = process.argv[2] || "../src/mohalla/static/seal.js";
for (const [source, outfile] of [["src/main.js", out], ["src/keep.js", join(dirname(out), "keep.js")]]) {
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    banner: {
      js: `/*! Mohalla, AGPL-3.0-or-later; sources in browser/. Contains:
 * age-encryption 0.2.4, BSD-3-Clause, Copyright 2023 The age Authors
 * @noble/ciphers 1.3.0, @noble/curves 1.9.7, @noble/hashes 1.8.0, MIT, Copyright 2022-2023 Paul Miller
 * @scure/base 1.2.6, MIT, Copyright 2022 Paul Miller
 * lean-qr 2.7.4, MIT, Copyright 2021-2025 David Evans
 * shamir-secret-sharing 0.0.4, Apache-2.0, Copyright 2023 Horkos, Inc. */`,
    },
  });
}
