// The scenario editor: edit, error, undo, and what survives a reload.

import { expect, open, ready, test } from "../support/kernelscope.mjs";

const lesson = { query: { lesson: "convoy" } };
const program = (page, index) => page.locator(`#field-processes-${index}--program`);
const steps = async (page) => {
  await ready(page);
  return page.locator(".transport-counter > :last-child").textContent();
};

test("an edit is on the screen at once, and undo takes it back", async ({ page }) => {
  await open(page, lesson);
  const text = await program(page, 0).inputValue();
  const before = await steps(page);
  await program(page, 0).fill("cpu 5; io 5; cpu 5; io 5; cpu 5");
  await expect.poll(() => steps(page)).not.toBe(before);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(program(page, 0)).toHaveValue(text);
  await expect.poll(() => steps(page)).toBe(before);
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(program(page, 0)).toHaveValue("cpu 5; io 5; cpu 5; io 5; cpu 5");
});

test("an error stands under its characters in both languages, and the last good run stays", async ({ page }) => {
  await open(page, lesson);
  const before = await steps(page);
  await program(page, 0).fill("cpu 5; oi 3");
  await expect(program(page, 0)).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator(".program-wrong")).toHaveText("oi");
  const problem = page.locator("#field-processes-0--program-problem");
  await expect(problem).toContainText("Did you mean “io”?");
  expect(await steps(page)).toBe(before);
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(problem).toContainText("“io”를 쓰려고 했나요?");
  await program(page, 0).fill("cpu 5; io 3");
  await expect(problem).toHaveCount(0);
  await expect.poll(() => steps(page)).not.toBe(before);
});

test("tasks are added, duplicated, moved and removed", async ({ page }) => {
  await open(page, lesson);
  const tasks = page.locator(".task");
  const count = await tasks.count();
  await page.getByRole("button", { name: "Add a task" }).first().click();
  await expect(tasks).toHaveCount(count + 1);
  await tasks.last().getByRole("button", { name: /^More about/ }).click();
  await tasks.last().getByRole("button", { name: "Duplicate" }).click();
  await expect(tasks).toHaveCount(count + 2);
  const name = await tasks.nth(count).locator(".chip").textContent();
  await tasks.nth(count).getByRole("button", { name: "Move up" }).click();
  await expect(tasks.nth(count - 1).locator(".chip")).toHaveText(name);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tasks.nth(count).locator(".chip")).toHaveText(name);
});

test("the policy's own parameters appear with it", async ({ page }) => {
  await open(page, lesson);
  await page.getByLabel("policy").selectOption("rr");
  const quantum = page.locator("#field-machine-policy-rr-quantum");
  await quantum.fill("4");
  await ready(page);
  await quantum.fill("0");
  await expect(quantum).toHaveAttribute("aria-invalid", "true");
  await quantum.fill("4, 5");
  await expect(page.locator("#field-machine-policy-rr-quantum-problem")).toBeVisible();
});

test("something is done at the cursor, and the run changes from there", async ({ page }) => {
  await open(page, lesson);
  const before = await steps(page);
  await page.locator("summary", { hasText: "Done at a moment" }).click();
  await page.getByRole("button", { name: "Do it now" }).click();
  await expect(page.locator(".input")).toHaveCount(1);
  await expect.poll(() => steps(page)).not.toBe(before);
  await page.locator(".input").getByRole("button").click();
  await expect.poll(() => steps(page)).toBe(before);
});

test("a reload loses nothing: work, cursor, view, language, theme", async ({ page }) => {
  await open(page, lesson);
  await program(page, 0).fill("cpu 7; io 3; cpu 2");
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Metrics" }).click();
  await page.getByRole("button", { name: "한국어" }).click();
  await page.getByRole("button", { name: /^테마/ }).click();
  await page.locator(".timeline-canvas").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const counter = await steps(page);
  await page.reload();
  await ready(page);
  await expect(program(page, 0)).toHaveValue("cpu 7; io 3; cpu 2");
  await expect(page.locator("#tab-metrics")).toHaveAttribute("aria-selected", "true");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  expect(await steps(page)).toBe(counter);
});

test("what is typed is heard as one change a field, not one a letter", async ({ page }) => {
  await open(page, lesson);
  const text = await program(page, 1).inputValue();
  await program(page, 1).pressSequentially("; cpu 9", { delay: 5 });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(program(page, 1)).toHaveValue(text);
});
