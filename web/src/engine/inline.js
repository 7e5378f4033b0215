// Loads the worker's module into the page, for pages on which no worker can start.

export async function loadEngine(version) {
  const at = (file) => new URL(`${file}?v=${version}`, document.baseURI);
  const engine = await import(at("worker.js"));
  await engine.default({ module_or_path: at("worker_bg.wasm") });
  return (message) => engine.handle(message);
}
