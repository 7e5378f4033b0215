// A scenario with memory, put into the page as a file is dropped, and the ways around in it.

import { expect, open, ready } from "./kernelscope.mjs";

export async function openScenario(page, scenario, panel, { lang = "en", theme = "light" } = {}) {
  await open(page, { lang, theme, query: { lesson: "convoy" } });
  await page.evaluate((text) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], "scenario.json"));
    document.querySelector(".page").dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
  }, JSON.stringify(scenario));
  await expect(page.locator("#tab-memory")).toBeVisible();
  await ready(page);
  await show(page, panel);
}

export async function show(page, panel) {
  await page.locator(`#tab-${panel}`).click();
  await expect(page.locator(`#tab-${panel}`)).toHaveAttribute("aria-selected", "true");
}

export async function goTo(page, moment) {
  // Home on a tab would go to the first tab.
  await page.locator(".timeline-canvas").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Slash");
  await page.keyboard.type(moment);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await ready(page);
}
