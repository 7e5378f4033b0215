// The first things that must be true of the built site.

import { expect, expectAccessible, open, ready, test } from "../support/kernelscope.mjs";

test("the page opens under a sub-path, without errors, and axe finds nothing", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
});

const play = (page) => page.getByRole("button", { name: "Play", exact: true });
const pause = (page) => page.getByRole("button", { name: "Pause", exact: true });
const step = async (page) => Number((await page.locator(".transport-counter > :last-child").textContent()).match(/\d+/)[0]);

test("a first visit plays a lesson on MLFQ by itself, and rests at the first touch", async ({ page }) => {
  await open(page);
  await expect(page.locator("#lesson-title")).toContainText("MLFQ");
  await expect(pause(page)).toBeVisible();
  await expect.poll(() => step(page)).toBeGreaterThan(1);
  await page.keyboard.press("ArrowLeft");
  await expect(play(page)).toBeVisible();
  await page.reload();
  await ready(page);
  await expect(play(page), "a second visit does not play by itself").toBeVisible();
});

test("a first visit stands still where motion is to be reduced, on the moment that the lesson is about", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  await expect(play(page)).toBeVisible();
  await expect.poll(() => step(page)).toBeGreaterThan(1);
});

test.describe("against intruders", () => {
  test.use({ expectedErrors: [/Content Security Policy/] });

  test("the page refuses inline scripts and styles", async ({ page }) => {
    await open(page);
    await page.evaluate(() => {
      globalThis.refused = [];
      addEventListener("securitypolicyviolation", (event) => globalThis.refused.push(event.effectiveDirective));
      const script = document.createElement("script");
      script.textContent = "globalThis.intruded = true";
      const paragraph = document.createElement("p");
      paragraph.setAttribute("style", "color: red");
      document.body.append(script, paragraph);
    });
    await expect.poll(() => page.evaluate(() => globalThis.refused.toSorted())).toEqual(["script-src-elem", "style-src-attr"]);
    expect(await page.evaluate(() => globalThis.intruded)).toBeUndefined();
  });
});


for (const engine of ["worker", "worker_full"]) {
  test(`the engine ${engine} starts, and loads only files of the build that asked for it`, async ({ page }) => {
    await open(page);
    const loaded = [];
    page.context().on("request", (request) => loaded.push(new URL(request.url())));
    await page.evaluate(async (name) => {
      const worker = new Worker(`./worker_boot.js?v=some-build#${name}`, { type: "module" });
      await new Promise((resolve, reject) => {
        worker.onmessage = resolve;
        worker.onerror = (event) => reject(new Error(event.message));
      });
    }, engine);
    const names = loaded.map((url) => url.pathname.split("/").at(-1));
    expect(names.toSorted()).toEqual([`${engine}.js`, `${engine}_bg.wasm`, "worker_boot.js"].toSorted());
    expect(new Set(loaded.map((url) => url.search))).toEqual(new Set(["?v=some-build"]));
  });
}
