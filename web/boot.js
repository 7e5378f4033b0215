// Starts the page. A file of its own because the content security policy forbids inline scripts; trunk leaves
// the names of what to load in two links (see Trunk.toml).

const address = (id) => document.getElementById(id).href;

try {
  const app = await import(address("app-module"));
  await app.default({ module_or_path: address("app-wasm") });
} catch (reason) {
  document.getElementById("boot-reason").textContent = String(reason);
  document.getElementById("boot-failure").hidden = false;
  throw reason;
}
