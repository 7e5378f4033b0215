// What every spec needs: the page, opened and ready, and a watch on everything that goes wrong behind it.
//
//     import { test, expect, open, expectAccessible } from "../support/kernelscope.mjs";
//
//     test("a reader sees the title", async ({ page }) => {
//       await open(page, { lang: "ko", theme: "dark" });
//       await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
//     });
//
// Specs wait for what a person would see, never for an amount of time.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test as base } from "@playwright/test";

/**
 * Playwright's test, with one rule added: a test fails where the page logged an error, threw one, or ran into
 * its own content security policy. A test that provokes errors says which, as
 * `test.use({ expectedErrors: [/pattern/] })`.
 */
export const test = base.extend({
  expectedErrors: [[], { option: true }],
  context: async ({ context, expectedErrors }, use) => {
    const errors = [];
    const note = (text) => {
      if (!expectedErrors.some((pattern) => pattern.test(text))) {
        errors.push(text);
      }
    };
    context.on("console", (message) => message.type() === "error" && note(`${message.text()} (${message.location().url})`));
    context.on("weberror", (error) => note(String(error.error())));
    await use(context);
    expect(errors, "errors that the page reported").toEqual([]);
  },
});

export { expect };

/** The address of the page with a query and a fragment. */
export function address({ query = {}, hash = "" } = {}) {
  const url = new URL(process.env.KERNELSCOPE_URL);
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.set(name, value);
  }
  url.hash = hash;
  return url.href;
}

/** Opens the page in a language and a theme, and waits until it shows its first run. */
export async function open(page, { lang, theme, query = {}, hash = "" } = {}) {
  await page.goto(address({ query: { ...query, ...(lang && { lang }), ...(theme && { theme }) }, hash }));
  await ready(page);
}

/** Opens somebody else's page that embeds this one, and answers with the frame. */
export async function openEmbedded(page, { query = {}, hash = "", width = 640, height = 400 } = {}) {
  const src = address({ query: { embed: "", ...query }, hash });
  await page.goto(`${process.env.KERNELSCOPE_HOST}embed.html?${new URLSearchParams({ src, width, height })}`);
  const frame = page.frameLocator("#figure");
  await page.locator("#figure").scrollIntoViewIfNeeded();
  await ready(frame);
  return frame;
}

/** Waits until the page says that what it shows is up to date. */
export async function ready(pageOrFrame) {
  await expect(pageOrFrame.locator("[data-state='ready']")).toBeVisible();
}

/**
 * Fails with axe's own words for every rule of WCAG 2.2 AA, and every best practice, that the page breaks, or the part
 * of it that a selector names: what has not changed since need not be looked at again.
 */
export async function expectAccessible(page, within = "html") {
  // Every frame is of one origin, so nothing has to be put together on a page of its own: a third less time.
  const { violations } = await new AxeBuilder({ page }).include(within).setLegacyMode().analyze();
  const told = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`));
  expect(told).toEqual([]);
}
