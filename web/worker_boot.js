// Starts an engine in a worker. Its files carry no hash in their names, so the page asks for this script as
// `worker_boot.js?v=BUILD#ENGINE` and the same `v` goes on to everything it loads: no build ever meets another's files.

const { search, hash } = new URL(import.meta.url);
const name = hash.slice(1);

const engine = await import(`./${name}.js${search}`);
await engine.default({ module_or_path: new URL(`./${name}_bg.wasm${search}`, import.meta.url) });
engine.serve();
