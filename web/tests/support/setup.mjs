// Runs once before all specs: serves the built site for as long as they run.

import { startSite } from "./site.mjs";

export default async function setup() {
  const site = await startSite();
  process.env.KERNELSCOPE_URL = site.url;
  process.env.KERNELSCOPE_HOST = `${site.origin}/host/`;
  return site.close;
}
