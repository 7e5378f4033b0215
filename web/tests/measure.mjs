// Measures in a real browser what the budgets say of the page: drawing while a run of a million stretches is panned, the
// worker's answers, a seek anywhere, and how long an edit takes until everything on the screen follows it.
//
//     cargo xtask bench page        (or, with a site in dist/, npm run measure)
//
// Prints a line a budget, `what ⇥ measured ⇥ target`, and for each how the figures spread.

import { deflateRawSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { launchOptions } from "./support/chromium.mjs";
import { startSite } from "./support/site.mjs";

/** A busy machine is slow; nothing here is a test of time. */
const PATIENCE = 300_000;

/** Ten endless tasks under round robin with costs: the CPU's lane alone has about a million stretches. */
const stretches = {
  version: 1,
  title: "a million stretches",
  unit: "1us",
  machine: { policy: { rr: { quantum: 10 } }, costs: { process_switch: "1us" } },
  processes: "ABCDEFGHIJ".split("").map((name) => ({ name, program: "repeat { cpu 1000 }" })),
  limits: { steps: 1_000_000, until: 100_000_000 },
};

/** Five thousand tasks that compute and block for ever: a machine of about three megabytes. */
const crowd = {
  version: 1,
  title: "five thousand tasks",
  machine: { policy: { rr: { quantum: 10 } } },
  processes: [{ name: "W", count: 5_000, program: "repeat { cpu 7; io 5 }" }],
  limits: { steps: 1_000_000 },
};

/**
 * Words of sixteen pages, again and again: each page is in its frame and in the TLB. The second process keeps OPT, which
 * would look ahead, out of the sweep.
 */
const hits = {
  version: 1,
  title: "accesses that hit",
  machine: { memory: { frames: 64, tlb: { entries: 16 } } },
  processes: [{ name: "A", program: "repeat { read 0x0..0x10000 step 8 }" }, { name: "B", program: "cpu 1", at: 1_000_000 }],
  limits: { steps: 2_000_000 },
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

/**
 * Runs in the page before it. Notes what each picture costs, and listens to the worker's wire: the first byte of a
 * request is the place of its kind in `Request`; an answer begins with 1 for a slice of work, whether there is more to
 * do, how many answers it brings, and the place of the first one's kind in `Reply`.
 */
function watch() {
  const requests = { seek: 1, tile: 2 };
  const replies = { seek: 4, tile: 5 };
  const sweep = 5;
  const seen = { pictures: [], seek: [], tile: [], posted: 0, busy: true, sought: 0 };
  globalThis.seen = seen;

  const request = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (draw) => request((now) => {
    const began = performance.now();
    draw(now);
    seen.pictures.push(performance.now() - began);
  });

  const asked = {};
  globalThis.Worker = class extends globalThis.Worker {
    constructor(...rest) {
      super(...rest);
      this.addEventListener("message", ({ data }) => {
        seen.busy = data[0] !== 1 || data[1] !== 0;
        for (const kind of Object.keys(requests)) {
          if (data[0] === 1 && data[2] > 0 && data[3] === replies[kind] && asked[kind] !== undefined) {
            seen[kind].push(performance.now() - asked[kind]);
            asked[kind] = undefined;
          }
        }
      });
    }

    postMessage(data, ...rest) {
      seen.posted += 1;
      seen.busy = true;
      for (const [kind, place] of Object.entries(requests)) {
        if (data[0] === place) {
          asked[kind] = performance.now();
        }
        if (data[0] === sweep) {
          seen.sweep = data;
        }
        if (data[0] === requests.seek) {
          seen.sought = performance.timeOrigin + asked.seek;
        }
      }
      super.postMessage(data, ...rest);
    }
  };

  globalThis.upToDate = () => !seen.busy && document.querySelector("[data-state='ready']") !== null;
}

/**
 * Runs in the worker. Notes when it has posted what a seek leads to: the page hears of it later if it is busy drawing what
 * the click itself has changed.
 */
function watchWorker() {
  const moved = 4;
  const post = globalThis.postMessage.bind(globalThis);
  globalThis.postMessage = (data, ...rest) => {
    post(data, ...rest);
    if (data[0] === 1 && data[2] > 0 && data[3] === moved) {
      globalThis.moved = performance.timeOrigin + performance.now();
    }
  };
}

function report(what, times, target, share = 1) {
  if (times.length === 0) {
    throw new Error(`nothing was measured: ${what}`);
  }
  const sorted = [...times].sort((one, two) => one - two);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1);
  const names = new Map([[0.5, "median"], [0.95, "95th percentile"], [1, "worst"]]);
  console.log(`${what}: median ${at(0.5)}, 95th percentile ${at(0.95)}, worst ${at(1)} ms`);
  console.log(`${what}, ${names.get(share)} of ${times.length}\t${at(share)} ms\t${target}`);
}

async function open(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(PATIENCE);
  await page.addInitScript(watch);
  await page.goto(address);
  await page.locator(".timeline-canvas").waitFor();
  await page.waitForFunction(() => globalThis.upToDate());
  return page;
}

/** What was noted of one kind while `act` went on. */
async function during(page, kind, act) {
  await page.evaluate((it) => { globalThis.seen[it].length = 0; }, kind);
  await act();
  await page.waitForFunction(() => globalThis.upToDate());
  return page.evaluate((it) => globalThis.seen[it], kind);
}

async function panning(page) {
  const box = await page.locator(".timeline-canvas").boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + 40];
  const pictures = [];
  const tiles = await during(page, "tile", async () => {
    for (const zoom of [1, 3, 10]) {
      await page.mouse.move(x, y);
      await page.keyboard.down("Control");
      for (let turn = 0; turn < zoom; turn += 1) {
        await page.mouse.wheel(0, -300);
      }
      await page.keyboard.up("Control");
      await page.waitForFunction(() => globalThis.upToDate());
      pictures.push(...await during(page, "pictures", async () => {
        await page.mouse.down();
        for (let move = 0; move < 120; move += 1) {
          await page.mouse.move(x + 600 * Math.sin(move / 12), y);
        }
        await page.mouse.up();
      }));
    }
  });
  report("draw a picture while panning a million stretches", pictures.filter((time) => time > 0.05), "≤ 8 ms", 0.95);
  report("the worker's answer to a piece of it", tiles, "≤ 16 ms", 0.95);
}

async function seeking(page, name, target) {
  const box = await page.locator(".timeline-canvas").boundingBox();
  const [worker] = page.workers();
  await worker.evaluate(watchWorker);
  const [posted, heard] = [[], []];
  for (let n = 1; n <= 40; n += 1) {
    // Neither order nor chance: far apart.
    const part = (n * 0.618) % 1;
    heard.push(...await during(page, "seek", () => page.mouse.click(box.x + box.width * part, box.y + 8)));
    posted.push(await worker.evaluate(() => globalThis.moved) - await page.evaluate(() => globalThis.seen.sought));
  }
  report(`seek in 1,000,000 steps in the browser, ${name}`, posted, target);
  report("the same until the page has it", heard, "–");
}

async function editing(page) {
  const [changed, drawn] = [[], []];
  for (let n = 0; n < 30; n += 1) {
    const [change, picture] = await page.evaluate(async (length) => {
      const field = document.querySelector("#field-processes-0--program");
      const posted = globalThis.seen.posted;
      const began = performance.now();
      field.value = `cpu ${length}`;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      const turns = new MessageChannel();
      while (globalThis.seen.posted === posted || !globalThis.upToDate()) {
        await new Promise((resolve) => {
          turns.port1.onmessage = resolve;
          turns.port2.postMessage(null);
        });
      }
      const change = performance.now() - began;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      return [change, performance.now() - began];
    }, 20 + n);
    changed.push(change);
    drawn.push(picture);
  }
  report("edit of a lesson, until the page follows", changed, "≤ 16 ms", 0.5);
  report("the same until the next picture shows it", drawn, "–", 0.5);
}

/**
 * The references that the engine makes in a second where all of them hit and nobody listens: what a sweep does. The page
 * asks for one; what it asked is put to another engine, without messages and pictures in between.
 */
async function hitting(page) {
  await page.locator("#tab-sweep").click();
  for (const end of ["sweep-from", "sweep-to"]) {
    await page.getByTestId(end).fill("64");
    await page.getByTestId(end).press("Tab");
  }
  await page.getByTestId("sweep-start").click();
  await page.waitForFunction(() => globalThis.seen.sweep !== undefined && globalThis.upToDate());
  const rates = await page.evaluate(async ({ steps, policies }) => {
    const engine = await import(new URL("worker_full.js", document.baseURI));
    await engine.default();
    const [slice, rates] = [new Uint8Array(), []];
    for (let n = 0; n < 5; n += 1) {
      engine.handle(globalThis.seen.sweep);
      const began = performance.now();
      while (engine.handle(slice)[1] !== 0);
      rates.push(steps * policies / (performance.now() - began) / 1000);
    }
    return rates;
  }, { steps: hits.limits.steps, policies: 3 });
  console.log(`accesses that hit, totals only, in WebAssembly\t${Math.max(...rates).toFixed(1)} M/s\t≥ 20 M/s`);
}

const site = await startSite();
const browser = await chromium.launch(launchOptions);
try {
  const lesson = await open(browser, `${site.url}?lesson=convoy`);
  await editing(lesson);
  await lesson.close();
  const long = await open(browser, `${site.url}#${link(stretches)}`);
  await seeking(long, "10 tasks", "≤ 16 ms");
  await panning(long);
  await long.close();
  const large = await open(browser, `${site.url}#${link(crowd)}`);
  await seeking(large, "5,000 tasks", "≤ 100 ms");
  await large.close();
  await hitting(await open(browser, `${site.url}#${link(hits)}`));
} finally {
  await browser.close();
  await site.close();
}
