// Two engines: a lean one that is fetched first, and a full one that takes over as soon as a scenario has memory.

import { expect, open, ready, test } from "../support/kernelscope.mjs";

const full = /\/worker_full(_bg)?\.(js|wasm)/;
const counter = (page) => page.locator(".transport-counter > :last-child");

const swapping = {
  version: 1,
  title: "Five pages in three frames",
  machine: { memory: { frames: 3, replacement: "fifo" } },
  processes: [{ name: "A", program: "write p0..p5; cpu 1; read p0; sleep 5" }],
};

const plain = { version: 1, title: "One task", processes: [{ name: "A", program: "cpu 5" }] };

/** The engines whose programs are asked for, in order. */
function engines(page) {
  const fetched = [];
  page.context().on("request", (request) => {
    const engine = new URL(request.url()).pathname.match(/\/(worker(?:_full)?)_bg\.wasm$/);
    if (engine) {
      fetched.push(engine[1]);
    }
  });
  return fetched;
}

const addMemory = (page) => page.getByRole("button", { name: "Add memory" }).click();

async function drop(page, scenario) {
  await page.evaluate((text) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], "scenario.json"));
    document.querySelector(".page").dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
  }, JSON.stringify(scenario));
}

test("a page without memory fetches the lean engine, and the full one when memory is opened, once", async ({ page }) => {
  const fetched = engines(page);
  await open(page, { query: { lesson: "convoy" } });
  expect(fetched).toEqual(["worker"]);
  await drop(page, swapping);
  await expect(page.locator("#tab-memory")).toBeVisible();
  await ready(page);
  expect(fetched).toEqual(["worker", "worker_full"]);
  expect(page.workers().length, "the lean one is gone").toBe(1);
  await drop(page, plain);
  await expect(page.locator("#tab-memory")).toHaveCount(0);
  await drop(page, swapping);
  await expect(page.locator("#tab-memory")).toBeVisible();
  await ready(page);
  expect(fetched, "the full one stays").toEqual(["worker", "worker_full"]);
});

test("a lesson about memory fetches the full engine alone", async ({ page }) => {
  const fetched = engines(page);
  await open(page, { query: { lesson: "belady" } });
  await expect(page.locator("#tab-memory")).toBeVisible();
  expect(fetched).toEqual(["worker_full"]);
});

test("an edit that adds memory brings the full engine, and the cursor stays where it is", async ({ page }) => {
  await open(page, { query: { lesson: "convoy" } });
  await page.locator(".timeline-canvas").focus();
  for (const key of ["Home", "ArrowRight", "ArrowRight", "ArrowRight"]) {
    await page.keyboard.press(key);
  }
  await ready(page);
  const shown = await counter(page).textContent();
  await addMemory(page);
  await expect(page.locator("#tab-memory")).toBeVisible();
  await ready(page);
  expect((await counter(page).textContent()).split("/")[0]).toBe(shown.split("/")[0]);
});

test.describe("without a connection", () => {
  test.use({ expectedErrors: [/worker_full|Failed to fetch|ERR_FAILED/] });

  test("memory is said not to have come, the last run can be played on, and memory comes when there is one again", async ({ page }) => {
    await open(page, { query: { lesson: "convoy" } });
    await page.route(full, (route) => route.abort());
    await addMemory(page);
    const told = page.locator(".notice", { hasText: "The engine for memory could not be fetched" });
    await expect(told).toBeVisible();
    await ready(page);
    await page.locator(".timeline-canvas").focus();
    await page.keyboard.press("Home");
    await ready(page);
    const before = await counter(page).textContent();
    await page.keyboard.press("ArrowRight");
    await expect(counter(page)).not.toHaveText(before);
    await page.unroute(full);
    await told.getByRole("button", { name: "Try again" }).click();
    await expect(page.locator("#tab-memory")).toBeVisible();
    await expect(told).toHaveCount(0);
  });
});

test.describe("where no worker can start", () => {
  test.use({ expectedErrors: [/Content Security Policy|worker/] });

  test("the page itself runs the lean engine, and then the full one", async ({ page }) => {
    await page.addInitScript(() => {
      globalThis.Worker = class {
        constructor() {
          throw new DOMException("no workers here", "SecurityError");
        }
      };
    });
    const fetched = engines(page);
    await open(page, { query: { lesson: "convoy" } });
    await drop(page, swapping);
    await expect(page.locator("#tab-memory")).toBeVisible();
    await ready(page);
    expect(fetched).toEqual(["worker", "worker_full"]);
  });
});
