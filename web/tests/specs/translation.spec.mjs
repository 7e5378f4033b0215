// Machines that translate addresses and do nothing else: registers, segments, tables that are given as bytes.

import { address, expect, expectAccessible, ready, test } from "../support/kernelscope.mjs";
import { goTo, openScenario, show } from "../support/scenario.mjs";

const machine = (memory) => ({ costs: { memory: "100ns" }, memory });

/** A process of 300 bytes at 1000, which reads its last byte and then one more. */
const bounded = {
  version: 1,
  title: "Base and bounds",
  unit: "1ns",
  machine: machine({ address_bits: 10, mmu: { base_bounds: { base: 1000, limit: 300, physical: 4096 } } }),
  processes: [{ name: "A", program: "cpu 100; read 0x12b; cpu 100; write 0x12c; cpu 100" }],
};

/** A code segment and a stack of 20 bytes below 512. */
const segments = {
  version: 1,
  title: "Two segments",
  unit: "1ns",
  machine: machine({
    address_bits: 7,
    mmu: { segments: { up_base: 0, up_limit: 20, down_base: 512, down_limit: 20, physical: 512 } },
  }),
  processes: [{ name: "A", program: "read 0x13; write 0x6c; write 0x6b" }],
};

/** Frames of four bytes; the directory is in frame 1. */
const bytes = {
  version: 1,
  title: "Memory as bytes",
  unit: "1ns",
  machine: machine({
    address_bits: 6,
    page_size: 4,
    levels: [2, 2],
    on_violation: "go_on",
    mmu: { image: { pdbr: 1, bytes: "00010203 827f7f83 7f85867f 8788ff7f 00000000 a0a1a2a3 b0b1b2b3" } },
  }),
  processes: [{ name: "A", program: "cpu 100; read 0x5; cpu 100; read 0x1f; cpu 100" }],
};

const registers = (page) => page.getByTestId("registers");

test("an address below the bounds is added to the base, and one beyond them ends the task", async ({ page }) => {
  await openScenario(page, bounded, "memory");
  await goTo(page, "t=250");
  await expect(registers(page).locator("tbody td").first()).toContainText("1000");
  await expect(registers(page).getByRole("img", { name: "Address space, 1024 bytes, at the mark: 299" })).toBeVisible();
  await expect(registers(page).getByRole("img", { name: "Physical memory, 4096 bytes, at the mark: 1299" })).toBeVisible();
  await goTo(page, "t=300");
  await expect(registers(page).locator(".memory-at")).toHaveCount(1);
  await expect(registers(page).locator(".memory-at.is-wrong")).toContainText("300");
  await show(page, "access");
  await expect(page.getByTestId("access-case")).toHaveText("Violation");
  await expect(page.getByTestId("address")).toContainText("0x12c = 300");
  await expect(page.getByTestId("address")).toContainText("no physical address yet");
  await expect(page.locator(".panel").last(), "the list of events beside it").toContainText("SIGSEGV");
});

test("the top bit of an address chooses the segment, and a stack counts downwards", async ({ page }) => {
  await openScenario(page, segments, "memory");
  await goTo(page, "t=100");
  await expect(page.getByTestId("segment-table").locator("tr.lit th")).toHaveText("1");
  await expect(registers(page).getByRole("img", { name: "Address space, 128 bytes, at the mark: 108" })).toBeVisible();
  await expect(registers(page).getByRole("img", { name: "Physical memory, 512 bytes, at the mark: 492" })).toBeVisible();
  await show(page, "access");
  await expect(page.getByTestId("address").locator(".part-number").first()).toContainText("segment");
  await expect(page.getByTestId("address").locator(".part-offset").first()).toContainText("44");
});

test("what a walk reads of given memory stands in a row for each table, and all of memory below", async ({ page }) => {
  await openScenario(page, bytes, "memory");
  await goTo(page, "t=450");
  const walk = page.getByTestId("walk").locator("li");
  await expect(walk).toHaveCount(3);
  await expect(walk.nth(0)).toContainText("frame 1, entry 0: 82");
  await expect(walk.nth(1)).toContainText("frame 2, entry 1: 85");
  await expect(walk.nth(2)).toContainText("frame 5, offset 1: a1");
  await expect(page.getByTestId("image").locator("mark")).toHaveText(["82", "85", "a1"]);
  await goTo(page, "t=600");
  await expect(walk.last()).toContainText("not valid");
});

test("such a machine has the tabs that it fills, and its form the fields that mean something to it", async ({ page }) => {
  await openScenario(page, bounded, "memory");
  await expect(page.locator("#tab-access")).toBeVisible();
  await expect(page.locator("#tab-swap")).toHaveCount(0);
  const form = page.getByTestId("editor-memory");
  await expect(form.locator("#field-machine-memory-frames")).toHaveCount(0);
  const base = form.locator("#field-machine-memory-mmu-base-bounds-base");
  await base.fill("2000");
  await ready(page);
  await goTo(page, "t=250");
  await expect(registers(page).getByRole("img", { name: /at the mark: 2299/ })).toBeVisible();
  await base.fill("4000");
  await expect(form).toContainText("out of range");
  await base.fill("2000");
  await form.getByLabel("Address translation").selectOption("segments");
  await ready(page);
  await expect(page.getByTestId("segment-table").locator("tbody tr")).toHaveCount(2);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(base).toHaveValue("2000");
});

for (const [name, scenario] of Object.entries({ bounded, segments, bytes })) {
  for (const panel of ["memory", "access"]) {
    test(`the ${panel} panel of ${name} passes axe in Korean and in the dark`, async ({ page }) => {
      await openScenario(page, scenario, panel, { lang: "ko", theme: "dark" });
      await goTo(page, "t=300");
      await expectAccessible(page);
    });
  }
}

test("a frame can show the panels about memory", async ({ page }) => {
  await openScenario(page, bounded, "memory");
  await page.getByRole("button", { name: "Share" }).click();
  const menu = page.getByRole("dialog");
  await menu.getByRole("checkbox", { name: "Access path" }).check();
  await expect(menu.locator("textarea")).toHaveValue(/view=memory(,|%2C)access/);
  await page.goto(address({ query: { lesson: "segmentation", embed: "", view: "memory,access", lang: "en" } }));
  await ready(page);
  await expect(page.getByRole("tab")).toHaveText(["Memory", "Access path"]);
  await expect(page.getByTestId("segment-table")).toBeVisible();
});
