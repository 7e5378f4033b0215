// What is left when the page itself fails: a card that needs no program, and the work.
//
// It is made to fail from outside, as extensions that rewrite pages (translators, for one) do: the browser no longer
// puts a new element where the program says.

import { expect, expectAccessible, open, ready, test } from "../support/kernelscope.mjs";

const stored = (page) => page.evaluate(() => localStorage.getItem("kernelscope.work") ?? "");
const program = (page) => page.locator("#field-processes-0--program");

/** Lets the next element that the program puts before another be the last thing it does. */
async function fail(page) {
  await page.evaluate(() => {
    Node.prototype.insertBefore = () => {
      throw new DOMException("The node before which the new node is to be inserted is not a child of this node.", "NotFoundError");
    };
    document.querySelector(".bar-actions button").click();
  });
}

test.describe("a page that fails", () => {
  test.use({ expectedErrors: [/panicked at|unreachable|is not a child of this node|recursive use|after being dropped/] });

  for (const [lang, stopped, reload] of [["en", "Kernelscope has stopped", "Reload"], ["ko", "Kernelscope가 멈췄습니다", "새로 고침"]]) {
    test(`says so, has kept the work, and brings it back (${lang})`, async ({ page }) => {
      await open(page, { query: { lesson: "convoy" }, lang });
      // The address gets a fragment, which a link to the same address does not load again.
      await page.locator(".skip").press("Enter");
      await expect(page).toHaveURL(/#stage$/);
      await program(page).fill("cpu 77");
      await ready(page);
      await expect.poll(() => stored(page)).toContain("cpu 77");
      await page.evaluate(() => localStorage.removeItem("kernelscope.work"));

      await fail(page);
      await expect(page.getByRole("heading", { name: stopped })).toBeVisible();
      await expect(page.locator("#app")).toHaveCount(0);
      expect(await stored(page), "it is stored by the failure itself").toContain("cpu 77");
      await expectAccessible(page);

      await page.getByRole("link", { name: reload }).click();
      await ready(page);
      await expect(program(page)).toHaveValue("cpu 77");
    });
  }

  test("hands the scenario over as a file where nothing may be stored, and offers a lesson", async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, "localStorage", { get: () => { throw new DOMException("denied", "SecurityError"); } });
    });
    await open(page, { query: { lesson: "convoy" } });
    await program(page).fill("cpu 77");
    await ready(page);
    await fail(page);
    await expect(page.getByText("Save the scenario first")).toBeVisible();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save the scenario as a file" }).click();
    const file = await (await download).createReadStream();
    let text = "";
    for await (const part of file) {
      text += part;
    }
    expect(JSON.parse(text)).toMatchObject({ version: 1, processes: [{ program: "cpu 77" }, {}, {}] });
    await page.getByRole("link", { name: "Open a lesson instead" }).click();
    await ready(page);
    await expect(page.locator("#lesson-title")).toContainText("MLFQ");
  });
});
