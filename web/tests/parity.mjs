// Prints the fingerprints of the scenario files that it is given, as WebAssembly computes them (see
// web/examples/parity.rs). `cargo xtask test` compares them with the native ones.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [module, ...paths] = process.argv.slice(2);
const { fingerprints } = createRequire(import.meta.url)(module);

for (const path of paths) {
  process.stdout.write(fingerprints(path, readFileSync(path, "utf8")));
}
