// The page as a whole: languages, themes, small and large screens, what assistive technology finds.

import { expect, expectAccessible, open, ready, test } from "../support/kernelscope.mjs";

const lesson = { query: { lesson: "convoy" } };

for (const lang of ["en", "ko"]) {
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing in ${lang}, ${theme}: page, opened sections, share menu`, async ({ page }) => {
      await open(page, { ...lesson, lang, theme });
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
      await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
      await page.evaluate(() => document.querySelectorAll(".editor details").forEach((section) => (section.open = true)));
      await page.locator("#field-processes-0--program").fill("cpu 5; oi 3");
      await expect(page.locator(".program-wrong")).toBeVisible();
      await expectAccessible(page);
      await page.locator(".bar-actions .primary").click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page);
    });
  }
}

test("language and theme change in place and outlast a reload", async ({ page }) => {
  await open(page, lesson);
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(page.getByRole("tab", { name: "큐" })).toBeVisible();
  await page.getByRole("button", { name: /^테마/ }).click();
  await page.getByRole("button", { name: /^테마/ }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await ready(page);
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("columns fold away and back, and the lecture-hall size leaves the timeline", async ({ page }) => {
  await open(page, lesson);
  await page.getByRole("button", { name: "Fold the scenario away" }).click();
  await expect(page.locator(".editor")).toHaveCount(0);
  await page.getByRole("button", { name: "Show the scenario" }).click();
  await expect(page.locator(".editor")).toBeVisible();
  await page.getByRole("button", { name: "Lecture-hall size" }).click();
  await expect(page.locator("aside")).toHaveCount(0);
  await expect(page.locator(".timeline-canvas")).toBeVisible();
  await expect(page.locator("html")).toHaveCSS("font-size", "32px");
});

/** Brings every element of the page into sight, one after the other, and says where the bar at the top has gone. */
const barAfterScrolling = (page) => page.evaluate(() => {
  for (const element of document.querySelectorAll(".page *")) {
    element.scrollIntoView({ block: "end" });
  }
  return { bar: document.querySelector("header.bar").getBoundingClientRect().top, page: document.documentElement.scrollHeight - innerHeight };
});

for (const [size, viewport] of [["a large", { width: 1440, height: 900 }], ["a small", { width: 360, height: 740 }]]) {
  test(`whatever is brought into sight, the page stays where it is on ${size} screen`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page, { query: { lesson: "mlfq-gaming" } });
    await page.locator("#tab-compare").click();
    await page.getByTestId("add-rr").click();
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click();
      await ready(page);
      expect(await barAfterScrolling(page), await tab.textContent()).toEqual({ bar: 0, page: 0 });
    }
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  for (const lang of ["en", "ko"]) {
    test(`nothing is wider than the screen, and the transport is within reach (${lang})`, async ({ page }) => {
      await open(page, { ...lesson, lang });
      for (const tab of await page.getByRole("tab").all()) {
        await tab.click();
        await ready(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), await tab.textContent()).toBeLessThanOrEqual(360);
      }
      for (const button of await page.locator(".bar button, .transport-main button").filter({ visible: true }).all()) {
        const { x, width, y, height } = await button.boundingBox();
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(360);
        expect(y + height).toBeLessThanOrEqual(740);
      }
      await expectAccessible(page);
    });

    test(`four runs are compared without scrolling sideways (${lang})`, async ({ page }) => {
      await open(page, { query: { lesson: "mlfq-gaming" }, lang });
      await page.locator("#tab-compare").click();
      for (const policy of ["rr", "stcf", "fifo"]) {
        await page.getByTestId(`add-${policy}`).click();
        await ready(page);
      }
      const table = page.getByTestId("compared");
      await expect(table.locator("thead th")).toHaveCount(5);
      const wide = await table.evaluate((found) => ({ table: found.scrollWidth, room: found.parentElement.clientWidth }));
      expect(wide.table).toBeLessThanOrEqual(wide.room);
      // No figure lies over its neighbour's.
      const spilt = await table.locator("td").evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent));
      expect(spilt).toEqual([]);
      // The longest bars are as long as their tracks, and all are as high.
      const bars = await table.locator(".bar").evaluateAll((tracks) => tracks.map((track) => {
        const [outer, inner] = [track.getBoundingClientRect(), track.firstElementChild.getBoundingClientRect()];
        return { high: inner.height / outer.height, long: inner.width / outer.width };
      }));
      expect(Math.min(...bars.map(({ high }) => high))).toBe(1);
      expect(Math.max(...bars.map(({ long }) => long))).toBe(1);
      await expectAccessible(page);
    });
  }
});
