// The timeline: the picture, the hands on it, and its twin, the table.

import { expect, expectAccessible, open, ready, test } from "../support/kernelscope.mjs";

const lesson = { query: { lesson: "mlfq-starvation" } };
const lanes = (page) => page.locator(".timeline-canvas");

/** What a person sees of the lanes and of the cursor over them, pixel by pixel. */
async function picture(page) {
  await ready(page);
  return page.evaluate(async () => {
    // Two frames: the first may still be the one before the last answer.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
    return [".timeline-canvas", ".timeline-axis canvas", ".timeline-over canvas"]
      .map((canvas) => document.querySelector(canvas).toDataURL())
      .join();
  });
}

/** Waits until the picture no longer changes: the tile that a new window asked for is on the screen. */
async function settled(page) {
  let last = "";
  let now = await picture(page);
  await expect.poll(async () => ((last = now), (now = await picture(page)), last === now)).toBe(true);
  return now;
}

/** The colour in the middle of a lane at an instant, in the unit of the scenario. */
function colourAt(page, lane, share) {
  return page.evaluate(({ lane, share }) => {
    const canvas = document.querySelector(".timeline-canvas");
    const label = document.querySelectorAll(".timeline-label")[lane].getBoundingClientRect();
    const density = canvas.width / canvas.getBoundingClientRect().width;
    const top = label.top - canvas.getBoundingClientRect().top;
    const pixel = canvas.getContext("2d").getImageData(Math.floor(canvas.width * share), Math.floor((top + 3) * density), 1, 1);
    return [...pixel.data];
  }, { lane, share });
}

test("a step forward and a step back give the same picture", async ({ page }) => {
  await open(page, lesson);
  await page.getByLabel("Next", { exact: true }).selectOption({ label: "block" });
  await lanes(page).focus();
  await page.keyboard.press("Shift+ArrowRight");
  const before = await settled(page);
  await page.keyboard.press("Shift+ArrowRight");
  const after = await settled(page);
  expect(after === before, "the cursor is elsewhere").toBe(false);
  await page.keyboard.press("Shift+ArrowLeft");
  expect((await settled(page)) === before, "the same picture").toBe(true);
});

test("the wheel with Ctrl zooms, a drag pans, a double click shows all again", async ({ page }) => {
  await open(page, lesson);
  await page.keyboard.press("Home");
  const whole = await settled(page);
  await lanes(page).hover({ position: { x: 300, y: 12 } });
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -600);
  await page.keyboard.up("Control");
  const near = await settled(page);
  expect(near === whole, "nearer").toBe(false);

  const box = await lanes(page).boundingBox();
  await page.mouse.move(box.x + 300, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 180, box.y + 12, { steps: 6 });
  await page.mouse.up();
  expect((await settled(page)) === near, "moved").toBe(false);

  await page.getByRole("button", { name: "See all" }).click();
  await page.mouse.move(0, 0);
  expect((await settled(page)) === whole, "all of it again").toBe(true);
});

test("the wheel without Ctrl stays with the page", async ({ page }) => {
  await open(page, lesson);
  const before = await settled(page);
  await lanes(page).hover({ position: { x: 300, y: 12 } });
  await page.mouse.wheel(0, -600);
  await page.mouse.move(0, 0);
  expect((await settled(page)) === before, "unmoved").toBe(true);
});

test("a click moves the cursor and chooses what is there; a drag on the axis scrubs", async ({ page }) => {
  await open(page, lesson);
  const width = (await lanes(page).boundingBox()).width;
  await lanes(page).click({ position: { x: width * 0.2, y: 12 } });
  await ready(page);
  await expect(page.locator(".timeline-label button[aria-pressed=true]").filter({ hasText: "L" })).toHaveCount(1);

  const count = page.locator(".transport-counter");
  const clicked = await count.textContent();
  const axis = await page.locator(".timeline-axis canvas").boundingBox();
  await page.mouse.move(axis.x + axis.width * 0.3, axis.y + 8);
  await page.mouse.down();
  await page.mouse.move(axis.x + axis.width * 0.9, axis.y + 8, { steps: 10 });
  await page.mouse.up();
  await ready(page);
  await expect(count).not.toHaveText(clicked);
});

test("what is under the pointer is told", async ({ page }) => {
  await open(page, lesson);
  await settled(page);
  const width = (await lanes(page).boundingBox()).width;
  await lanes(page).hover({ position: { x: width * 0.2, y: 12 } });
  await expect(page.locator(".timeline-tip")).toContainText("L runs");
  await expect(page.locator(".timeline-tip")).toContainText("0 to 100, 100 ms");
});

test("the table says what the picture shows", async ({ page }) => {
  await open(page, { query: { lesson: "convoy" } });
  await settled(page);
  const pixels = await Promise.all([0.1, 0.5, 0.9].map((share) => colourAt(page, 0, share)));
  expect(new Set(pixels.map(String)).size).toBe(3);

  await page.keyboard.press("t");
  await page.getByLabel("Lane").selectOption({ label: "CPU 0" });
  const rows = page.locator(".timeline-table tbody tr");
  await expect(rows).toHaveCount(3);
  const told = await rows.evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
  expect(told).toEqual([
    ["0", "10", "10", "CPU 0", "A runs"],
    ["10", "20", "10", "CPU 0", "B runs"],
    ["20", "30", "10", "CPU 0", "C runs"],
  ]);
  // Its looks are those of the picture: one table of colours for both.
  const colours = await page.locator(".timeline-table tbody .swatch").evaluateAll((swatches) =>
    swatches.map((swatch) => getComputedStyle(swatch).backgroundColor.match(/\d+/g).map(Number)));
  pixels.forEach((pixel, row) => {
    const near = pixel.slice(0, 3).every((part, at) => Math.abs(part - colours[row][at]) <= 90);
    expect(near, `${pixel} and ${colours[row]}`).toBe(true);
  });
});

test("long tables have pages", async ({ page }) => {
  await open(page, lesson);
  await page.keyboard.press("t");
  const rows = page.locator(".timeline-table tbody tr");
  await expect(rows).toHaveCount(50);
  const first = await rows.first().textContent();
  await page.getByRole("button", { name: "Next rows" }).click();
  await expect(rows.first()).not.toHaveText(first);
  await page.getByRole("button", { name: "Previous rows" }).click();
  await expect(rows.first()).toHaveText(first);
});

test("lanes are walked and read out with the keyboard alone", async ({ page }) => {
  await open(page, lesson);
  await lanes(page).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("[role=status]").filter({ hasText: "CPU 0" })).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(".timeline-label button[aria-pressed=true]").filter({ hasText: "Q0" })).toHaveCount(1);
});

for (const theme of ["light", "dark"]) {
  for (const table of [false, true]) {
    test(`axe finds nothing in the ${theme} ${table ? "table" : "picture"}`, async ({ page }) => {
      await open(page, { ...lesson, theme });
      if (table) {
        await page.keyboard.press("t");
        await expect(page.locator(".timeline-table tbody tr").first()).toBeVisible();
      }
      await expectAccessible(page);
    });
  }
}
