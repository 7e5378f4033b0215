// Links, files, frames, and what they never do.

import { expect, expectAccessible, open, address, ready, test } from "../support/kernelscope.mjs";

const lesson = { query: { lesson: "convoy" } };
const program = (page, index) => page.locator(`#field-processes-${index}--program`);
const counter = (page) => page.locator(".transport-counter > :last-child");
const link = (page) => page.evaluate(() => navigator.clipboard.readText());

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

async function copyLink(page) {
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Copy link to this moment" }).click();
  await expect(page.getByText("Copied.")).toBeAttached();
  return link(page);
}

test("a link opened in a fresh profile shows the same moment", async ({ page, browser }) => {
  await open(page, lesson);
  await program(page, 0).fill("cpu 7; io 3; cpu 2");
  await page.getByRole("tab", { name: "Metrics" }).click();
  await page.locator(".timeline-canvas").focus();
  for (const key of ["Home", "ArrowRight", "ArrowRight", "ArrowRight"]) {
    await page.keyboard.press(key);
  }
  await ready(page);
  const url = await copyLink(page);
  expect(url.length - url.indexOf("#") - 1).toBeLessThanOrEqual(360);
  const shown = await counter(page).textContent();

  const friend = await browser.newContext();
  const other = await friend.newPage();
  await other.goto(url);
  await ready(other);
  await expect(program(other, 0)).toHaveValue("cpu 7; io 3; cpu 2");
  await expect(counter(other)).toHaveText(shown);
  await expect(other.locator("#tab-metrics")).toHaveAttribute("aria-selected", "true");
  expect(new URL(other.url()).hash, "what the link carried is work now").toBe("");
  await friend.close();
});

test("a link puts the work on the shelf, from where it comes back", async ({ page }) => {
  await open(page, lesson);
  await program(page, 0).fill("cpu 3");
  await ready(page);
  const url = await copyLink(page);
  await page.keyboard.press("Escape");
  await program(page, 0).fill("cpu 4");
  await ready(page);
  await page.goto(address());
  await page.goto(url);
  await ready(page);
  await expect(program(page, 0)).toHaveValue("cpu 3");
  await page.getByRole("button", { name: "Back to it" }).click();
  await expect(program(page, 0)).toHaveValue("cpu 4");
});

const broken = {
  "cut off": ["#1.q1YqzsxLz0lVslIyNFCq", /damaged/],
  "from the future": ["#9.AAAAAAAAAAAAAAAAAAAA", /newer version/],
  "far too long": [`#1.${"A".repeat(300_000)}`, /too long/],
};
for (const [what, [hash, says]] of Object.entries(broken)) {
  test(`a link that is ${what} says so, and the work is untouched`, async ({ page }) => {
    await open(page, lesson);
    await program(page, 0).fill("cpu 3");
    await ready(page);
    await page.goto("about:blank");
    await open(page, { hash });
    await expect(page.locator(".notice.is-bad")).toHaveText(says);
    await expect(page.locator(".notice.is-bad")).toContainText("untouched");
    await expect(program(page, 0)).toHaveValue("cpu 3");
    await expectAccessible(page);
  });
}

test("a file is saved, opened, and dropped; a wrong one is told", async ({ page }) => {
  await open(page, lesson);
  await program(page, 0).fill("cpu 6");
  await ready(page);
  await page.getByRole("button", { name: "Share" }).click();
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as a file" }).click()]);
  const path = await saved.path();
  await page.keyboard.press("Escape");
  await program(page, 0).fill("cpu 8");

  await page.getByRole("button", { name: "Share" }).click();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open a file…" }).click()]);
  await chooser.setFiles(path);
  await expect(program(page, 0)).toHaveValue("cpu 6");

  await page.evaluate(() => {
    const carried = new DataTransfer();
    carried.items.add(new File(["not a scenario"], "notes.json"));
    document.querySelector(".page").dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
  });
  await expect(page.locator(".notice.is-bad")).toContainText("notes.json cannot be opened");
  await expect(program(page, 0)).toHaveValue("cpu 6");
});

test.describe("in a frame of another page", () => {
  // The page around it has no icon, and its server says so.
  test.use({ expectedErrors: [/favicon/] });

  const embedded = async (page, asked) => {
    await open(page, { query: { lesson: "convoy", embed: "", ...asked } });
    return page;
  };

  test("only what was asked for is left", async ({ page }) => {
    await embedded(page, { view: "queues,events", controls: "few", readonly: "", lang: "ko", theme: "dark" });
    await expect(page.locator("html")).toHaveAttribute("lang", "ko");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.getByRole("tab")).toHaveCount(2);
    await expect(page.locator("header.bar")).toHaveCount(0);
    await expect(page.locator(".editor")).toHaveCount(0);
    await expect(page.locator(".transport")).toHaveCount(1);
    await expectAccessible(page);
    await embedded(page, { controls: "none" });
    await expect(page.locator(".transport")).toHaveCount(0);
    await expect(page.getByRole("tab")).toHaveCount(0);
  });

  test("it never rewrites its address, takes no wheel, stores nothing, and opens full size where it stands", async ({ page, context }) => {
    const host = new URL(process.env.KERNELSCOPE_HOST + "embed.html");
    host.search = new URLSearchParams({ src: address({ query: { lesson: "convoy", embed: "", view: "queues" } }), width: 700, height: 500 });
    await page.goto(host.href);
    const frame = page.frames().find((inner) => inner !== page.mainFrame());
    await expect(frame.locator("[data-state='ready']")).toBeVisible();
    const before = frame.url();
    await frame.locator(".timeline-canvas").scrollIntoViewIfNeeded();
    const top = await page.evaluate(() => scrollY);
    const box = await page.locator("#figure").boundingBox();
    await page.mouse.move(box.x + 300, box.y + 60);
    await page.mouse.wheel(0, 200);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(top);
    await frame.locator(".timeline-canvas").focus();
    await page.keyboard.press("End");
    await expect(frame.locator("[data-state='ready']")).toBeVisible();
    const shown = await frame.locator(".transport-counter > :last-child").textContent();
    expect(frame.url()).toBe(before);
    expect(await frame.evaluate(() => Object.keys(localStorage))).toEqual([]);

    const [full] = await Promise.all([context.waitForEvent("page"), frame.getByRole("link", { name: /Open full size/ }).click()]);
    await ready(full);
    await expect(full.locator(".transport-counter > :last-child")).toHaveText(shown);
    await expect(full.locator("header.bar")).toBeVisible();
  });
});

test("a worker killed in mid-run is replaced, and the cursor is where it was", async ({ page }) => {
  await page.addInitScript(() => {
    const Real = globalThis.Worker;
    globalThis.workers = [];
    globalThis.Worker = class extends Real {
      constructor(...args) {
        super(...args);
        globalThis.workers.push(this);
      }
    };
  });
  await open(page, lesson);
  await page.locator(".timeline-canvas").focus();
  await page.keyboard.press("End");
  await ready(page);
  const shown = await counter(page).textContent();
  await page.evaluate(() => globalThis.workers.at(-1).terminate());
  await page.keyboard.press("Home");
  await expect(page.getByText("The engine had stopped and was started again.")).toBeVisible({ timeout: 30_000 });
  await ready(page);
  expect(await page.evaluate(() => globalThis.workers.length)).toBe(2);
  await page.locator(".timeline-canvas").focus();
  await page.keyboard.press("End");
  await expect(counter(page)).toHaveText(shown);
});

test("without workers the page does the work itself", async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.Worker = class {
      constructor() {
        throw new DOMException("no workers here", "SecurityError");
      }
    };
  });
  await open(page, lesson);
  await program(page, 0).fill("cpu 3; io 2; cpu 1");
  await ready(page);
  await expect(page.getByRole("tab", { name: "Queues" })).toBeVisible();
});

test("without storage everything works and says that it keeps nothing", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, "localStorage", { get: () => { throw new DOMException("denied", "SecurityError"); } });
  });
  await open(page, lesson);
  await program(page, 0).fill("cpu 3");
  await ready(page);
  await expect(page.getByText("This browser stores nothing here")).toBeVisible();
});
