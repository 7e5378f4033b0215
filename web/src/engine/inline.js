// Loads an engine into the page, for pages on which no worker can start.

export async function loadEngine(name, version) {
  const at = (file) => new URL(`${file}?v=${version}`, document.baseURI);
  const engine = await import(at(`${name}.js`));
  await engine.default({ module_or_path: at(`${name}_bg.wasm`) });
  return (message) => engine.handle(message);
}
