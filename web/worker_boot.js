// Starts the engine in a worker. Its files carry no hash in their names, so the page asks for this script as
// `worker_boot.js?v=BUILD` and the same `v` goes on to everything it loads: no build ever meets another's files.

const version = new URL(import.meta.url).search;

const engine = await import(`./worker.js${version}`);
await engine.default({ module_or_path: new URL(`./worker_bg.wasm${version}`, import.meta.url) });
engine.serve();
