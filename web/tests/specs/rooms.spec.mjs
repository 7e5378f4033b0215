// Rooms of the page that are fetched when they are entered.

import { expect, open, test } from "../support/kernelscope.mjs";

const lesson = { query: { lesson: "convoy" } };
// What the wing shares with others has their names as well.
const lobby = /\/app-[0-9a-f]+-lobby\.wasm$/;

test("a room is fetched when it is entered, once, and not before", async ({ page }) => {
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url()));
  const lobbies = () => fetched.filter((url) => lobby.test(url)).length;
  await open(page, lesson);
  await expect(page.getByRole("tab", { name: "Queues" })).toBeVisible();
  expect(lobbies()).toBe(0);
  for (let visit = 0; visit < 2; visit += 1) {
    await page.keyboard.press("Shift+Slash");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  expect(lobbies()).toBe(1);
});

test.describe("without a connection", () => {
  test.use({ expectedErrors: [/lobby\.wasm|Failed to fetch/] });

  test("a room says that it did not come, and comes when there is one again", async ({ page }) => {
    await open(page, lesson);
    await page.route(lobby, (route) => route.abort());
    await page.keyboard.press("Shift+Slash");
    const told = page.getByRole("alert").filter({ hasText: "could not be fetched" });
    await expect(told).toBeVisible();
    await page.unroute(lobby);
    await told.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
  });
});
