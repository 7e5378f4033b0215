// The transport: playing, stepping, jumping, finding, and the keys.

import { expect, expectAccessible, open, ready, test } from "../support/kernelscope.mjs";

const lesson = { query: { lesson: "convoy" } };
const count = (page) => page.locator(".transport-counter > :last-child");

/** The step on the counter, once the page has settled. */
async function step(page) {
  await ready(page);
  return Number((await count(page).textContent()).match(/\d+/)[0]);
}

/** How many steps the run has. */
async function steps(page) {
  return Number((await count(page).textContent()).match(/(\d+)\D*$/)[1]);
}

test("Space plays to the end and rests there", async ({ page }) => {
  await open(page, lesson);
  await page.getByLabel("Speed").selectOption("1000");
  await page.locator(".timeline-canvas").focus();
  await page.keyboard.press("Home");
  await ready(page);
  expect(await step(page)).toBe(0);
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect.poll(() => step(page), { timeout: 20_000 }).toBe(await steps(page));
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
});

test("while it plays the cursor glides between the steps", async ({ page }) => {
  await open(page, lesson);
  await page.keyboard.press("Home");
  await ready(page);
  await page.keyboard.press("Space");
  const seen = new Set();
  const over = () => page.evaluate(() => document.querySelector(".timeline-over canvas").toDataURL());
  await expect.poll(async () => seen.add(await over()).size, { timeout: 15_000 }).toBeGreaterThan((await step(page)) + 8);
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
});

test("keys step, jump and go to the ends", async ({ page }) => {
  await open(page, lesson);
  await page.keyboard.press("End");
  await expect.poll(() => step(page)).toBe(await steps(page));
  await page.keyboard.press("Home");
  await expect.poll(() => step(page)).toBe(0);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => step(page)).toBe(1);
  await page.keyboard.press("PageDown");
  await expect.poll(() => step(page)).toBe(2);
  await page.keyboard.press("PageUp");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => step(page)).toBe(0);
});

test("jumps go to the next event of the chosen kind, and say where there is none", async ({ page }) => {
  await open(page, lesson);
  await page.keyboard.press("Home");
  await page.getByLabel("Next", { exact: true }).selectOption({ label: "exit" });
  const flag = page.getByRole("button", { name: "To the next one" });
  const at = [];
  for (let exit = 0; exit < 3; exit += 1) {
    await flag.click();
    at.push(await step(page));
  }
  expect(at).toEqual([...at].sort((one, two) => one - two));
  expect(new Set(at).size).toBe(3);
  await flag.click();
  await expect(page.getByText("none further on")).toBeVisible();
});

test("something is found by its name, a time by its number", async ({ page }) => {
  await open(page, lesson);
  await page.keyboard.press("Home");
  await page.keyboard.press("/");
  const box = page.getByRole("combobox", { name: /Find/ });
  await expect(box).toBeFocused();
  await box.fill("exit B");
  await expect(page.locator("#found").getByRole("option").first()).toContainText("B");
  await page.keyboard.press("Enter");
  await ready(page);
  const exit = await step(page);
  expect(exit).toBeGreaterThan(0);
  await expect(page.locator(".timeline-label button[aria-pressed=true]")).toContainText("B");
  await box.fill("5");
  await page.keyboard.press("Enter");
  await expect.poll(() => step(page)).toBeLessThan(exit);
  await box.fill("no such thing");
  await expect(page.getByText("Nothing of that name")).toBeVisible();
});

test("keys are left alone while somebody writes", async ({ page }) => {
  await open(page, lesson);
  await page.keyboard.press("Home");
  await ready(page);
  await page.keyboard.press("/");
  await page.keyboard.type("t  ");
  await page.keyboard.press("End");
  expect(await step(page)).toBe(0);
  await expect(page.locator(".timeline-table")).toHaveCount(0);
});

test("? opens the sheet of keys, made from the table that handles them", async ({ page }) => {
  await open(page, lesson);
  await page.keyboard.press("Shift+Slash");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await expect(sheet).toBeVisible();
  await expect(sheet.locator("dt")).toHaveCount(21);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
});

for (const [lang, help, name] of [["en", "Help and keys", /^Letters and signs act/], ["ko", "도움말과 단축키", /^글자와 기호 키를 쓴다/]]) {
  test(`keys that write a character can be switched off, for good, and the others stay (${lang})`, async ({ page }) => {
    await open(page, { ...lesson, lang });
    // Korean says the whole before the part.
    const now = async () => (await ready(page), Number((await count(page).textContent()).match(/\d+/g).at(lang === "ko" ? 1 : 0)));
    const table = page.locator(".timeline-table");
    await page.keyboard.press("t");
    await expect(table).toBeVisible();
    await page.keyboard.press("t");
    await expect(table).toHaveCount(0);
    await page.getByRole("button", { name: help }).click();
    await page.getByRole("checkbox", { name }).uncheck();
    await expect(page.locator(".key-sheet s").filter({ hasText: "T" })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.reload();
    await ready(page);
    await page.keyboard.press("Home");
    await expect.poll(now).toBe(0);
    await page.keyboard.press("t");
    await page.keyboard.press("Shift+Slash");
    await page.keyboard.press("ArrowRight");
    await expect.poll(now, "a key without a character acts").toBe(1);
    await expect(table).toHaveCount(0);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.getByRole("button", { name: help }).click();
    await expect(page.getByRole("checkbox", { name })).not.toBeChecked();
  });
}

test("with reduced motion the cursor hops from step to step", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page, lesson);
  await page.keyboard.press("Home");
  await ready(page);
  await page.keyboard.press("Space");
  const places = new Set();
  const over = () => page.evaluate(() => [document.querySelector(".transport-counter").textContent, document.querySelector(".timeline-over canvas").toDataURL()].join());
  await expect.poll(async () => { places.add(await over()); return step(page); }, { timeout: 15_000 }).toBeGreaterThan(5);
  const pictures = new Set([...places].map((place) => place.split(",").slice(1).join()));
  expect(pictures.size).toBeLessThanOrEqual(new Set([...places].map((place) => place.split(",")[0])).size);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true });

  test("the transport is within the thumb's reach and large enough for it", async ({ page }) => {
    await open(page, lesson);
    const bar = await page.locator(".transport").boundingBox();
    expect(bar.y + bar.height).toBeGreaterThan(780 - 8);
    for (const button of await page.locator(".transport-main button").all()) {
      const box = await button.boundingBox();
      expect(Math.min(box.width, box.height), await button.getAttribute("aria-label")).toBeGreaterThanOrEqual(44);
    }
    await expectAccessible(page);
  });

  for (const lang of ["en", "ko"]) {
    test(`nothing moves when the counter grows: the buttons stand in two rows (${lang})`, async ({ page }) => {
      await open(page, { ...lesson, lang });
      const rows = await page.locator(".transport :is(button, select, input)").evaluateAll((controls) => [...new Set(controls.map((control) => Math.round(control.getBoundingClientRect().top)))]);
      expect(rows).toHaveLength(2);
    });
  }

  test("something is found by touch: the field takes the row, and gives it back", async ({ page }) => {
    await open(page, lesson);
    const box = page.getByRole("combobox", { name: /Find/ });
    const jump = page.getByRole("button", { name: "To the next one" });
    const small = await box.boundingBox();
    expect(Math.min(small.width, small.height)).toBeGreaterThanOrEqual(44);
    await box.tap();
    await expect(jump).toBeHidden();
    expect((await box.boundingBox()).width).toBeGreaterThan(300);
    await box.fill("exit B");
    await expectAccessible(page);
    const found = page.locator("#found").getByRole("option").first();
    const { x, width } = await found.boundingBox();
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(360);
    await found.tap();
    await ready(page);
    await expect(jump).toBeVisible();
    await expect(page.locator(".timeline-label button[aria-pressed=true]")).toContainText("B");
  });

  test("something is found by keyboard on a small screen", async ({ page }) => {
    await open(page, lesson);
    await page.keyboard.press("/");
    await page.keyboard.type("exit B");
    await page.keyboard.press("Enter");
    await ready(page);
    await expect(page.locator(".timeline-label button[aria-pressed=true]")).toContainText("B");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "To the next one" })).toBeVisible();
  });
});
