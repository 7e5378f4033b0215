// Measures in the browser what the budgets of the timeline are about: how long the page takes to draw a picture
// while a run of a million steps is panned and zoomed, and how long the worker takes to answer.
//
//     npm run measure

import { deflateRawSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { launchOptions } from "./support/chromium.mjs";
import { startSite } from "./support/site.mjs";

/** Ten endless tasks under round robin with costs: the CPU's lane alone has about a million stretches. */
const scenario = {
  version: 1,
  title: "a million stretches",
  unit: "1us",
  machine: { policy: { rr: { quantum: 10 } }, costs: { process_switch: "1us" } },
  processes: "ABCDEFGHIJ".split("").map((name) => ({ name, program: "repeat { cpu 1000 }" })),
  limits: { steps: 1_000_000, until: 100_000_000 },
};

/** A link, as `crates/share` packs it. */
function link(document) {
  const stream = deflateRawSync(JSON.stringify([1, document]));
  let sum = 0x811c9dc5;
  for (const byte of stream) {
    sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  }
  const check = Buffer.alloc(4);
  check.writeUInt32LE(sum);
  return `1.${Buffer.concat([stream, check]).toString("base64url")}`;
}

/** Counts what the page does in each picture, and how long it waits for each piece of the timeline. */
function watch() {
  globalThis.pictures = [];
  const request = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (draw) => request((now) => {
    const began = performance.now();
    draw(now);
    globalThis.pictures.push(performance.now() - began);
  });
}

const site = await startSite();
const browser = await chromium.launch(launchOptions);
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watch);
  await page.goto(`${site.url}#${link(scenario)}`);
  await page.locator("[data-state='ready']").waitFor({ timeout: 120_000 });
  await page.locator(".timeline-canvas").waitFor();
  const steps = await page.locator(".transport-counter > :last-child").textContent();
  const box = await page.locator(".timeline-canvas").boundingBox();
  const y = box.y + 12;

  for (const [name, zoom] of [["half of it", 1], ["a tenth of it", 3], ["a thousandth of it", 10]]) {
    await page.getByRole("button", { name: "See all" }).click({ force: true }).catch(() => {});
    await page.mouse.move(box.x + box.width / 2, y);
    await page.keyboard.down("Control");
    for (let turn = 0; turn < zoom; turn += 1) {
      await page.mouse.wheel(0, -300);
    }
    await page.keyboard.up("Control");
    await page.waitForTimeout(500);
    await page.evaluate(() => { globalThis.pictures.length = 0; });
    await page.mouse.down();
    for (let move = 0; move < 120; move += 1) {
      await page.mouse.move(box.x + box.width / 2 + 240 * Math.sin(move / 12), y);
    }
    await page.mouse.up();
    const pictures = (await page.evaluate(() => globalThis.pictures)).filter((time) => time > 0.05).sort((one, two) => one - two);
    const at = (share) => pictures[Math.min(pictures.length - 1, Math.floor(pictures.length * share))] ?? 0;
    console.log(`panning ${name} (${steps}): ${pictures.length} pictures, median ${at(0.5).toFixed(1)} ms, 95th percentile ${at(0.95).toFixed(1)} ms, worst ${at(1).toFixed(1)} ms; target 8 ms`);
  }
} finally {
  await browser.close();
  await site.close();
}
