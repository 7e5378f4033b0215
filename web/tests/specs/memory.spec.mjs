// Memory: page table, TLB, frames, swap, the path of an access, accesses in a row; one page lit in all of them.

import { expect, expectAccessible, open, ready, test } from "../support/kernelscope.mjs";
import { goTo, openScenario, show } from "../support/scenario.mjs";

const costs = { memory: "100ns", fault: "1us", seek: "5ms", transfer: "250us" };
const process = (name, program) => ({ name, program });

/** Five pages through three frames, first in first out, and another process that computes meanwhile. */
const swapping = {
  version: 1,
  title: "Five pages in three frames",
  machine: { costs, memory: { frames: 3, replacement: "fifo" } },
  processes: [process("A", "write p0..p5; cpu 1; read p0; read p1; sleep 5"), process("B", "cpu 30")],
};

/** The textbook's string. */
const string = {
  version: 1,
  title: "A reference string",
  machine: { memory: { frames: 3, replacement: "lru" } },
  processes: [process("A", "refs 0 1 2 0 1 3 0 3 1 2 1; sleep 1")],
};

/** Sixteen bits of pages: a table of 65,536 entries. */
const large = {
  version: 1,
  title: "A large table",
  machine: { memory: { frames: 8, address_bits: 28, levels: [16] } },
  processes: [process("A", "write p0; write p40000; sleep 5")],
};

/** Two levels, of which two tables are there. */
const tree = {
  version: 1,
  title: "Two levels",
  machine: { memory: { frames: 16, address_bits: 14, page_size: 64, levels: [4, 4] } },
  processes: [process("A", "write p0..p2; write p4..p6; write p254..p256; sleep 5")],
};

/** Frees frames between two marks. */
const daemon = {
  version: 1,
  title: "The page daemon",
  machine: {
    costs: { seek: "3ms", transfer: "250us" },
    memory: { frames: 16, address_bits: 17, replacement: "fifo", daemon: { low: 3, high: 6, cluster: 8 } },
  },
  processes: [process("A", `${[...Array(20).keys()].map((page) => `write p${page + 1}; cpu 1`).join("; ")}; sleep 10`)],
};

test("a scenario without memory has no panel about it, and one with memory has four", async ({ page }) => {
  await open(page, { lang: "en", query: { lesson: "convoy" } });
  await expect(page.locator("#tab-memory")).toHaveCount(0);
  await openScenario(page, string, "memory");
  for (const panel of ["memory", "access", "references", "swap"]) {
    await expect(page.locator(`#tab-${panel}`)).toBeVisible();
  }
});

test("a chosen page is lit in the page table, the TLB, the frames and the accesses", async ({ page }) => {
  await openScenario(page, string, "memory");
  await goTo(page, "t=0.5");
  const entry = page.getByTestId("entry-1");
  await expect(entry).toContainText("frame 1");
  await entry.getByRole("button").click();
  await expect(entry).toHaveClass(/is-chosen/);
  await expect(page.getByTestId("tlb").locator("[aria-pressed=true]")).toHaveText("A·1");
  await expect(page.getByTestId("frames").locator("[aria-pressed=true]")).toContainText("A·1");
  await show(page, "references");
  await expect(page.getByTestId("strip").locator("thead .is-chosen")).toHaveCount(4);
});

test("the accesses stand as in the textbook's table", async ({ page }) => {
  await openScenario(page, string, "references");
  await goTo(page, "t=0.5");
  const rows = page.getByTestId("strip").locator("tbody tr");
  const cells = (row) => rows.nth(row).locator("td").allTextContents();
  expect(await cells(0)).toEqual(["fault", "fault", "fault", "hit", "hit", "fault", "hit", "hit", "hit", "fault", "hit"]);
  expect((await cells(1)).join(",")).toBe(",,,,,2,,,,0,");
  expect((await cells(2))[10]).toBe("2");
  await page.getByTestId("strip").getByRole("button").nth(5).click();
  await ready(page);
  await expect(page.getByTestId("strip").locator("thead [aria-current]")).toContainText("3");
});

test("the path of a fault goes through trap, eviction and disk, and on to the retry", async ({ page }) => {
  await openScenario(page, swapping, "access");
  await goTo(page, "major fault");
  await expect(page.getByTestId("access-case")).toHaveText("Case 2: valid, not present");
  await expect(page.getByTestId("flow")).toHaveAttribute("aria-label", /TLB lookup → Page-table walk → Page fault/);
  await expect(page.getByTestId("stages").locator(".to-come").last()).toContainText("read at");
  await expect(page.getByTestId("address")).toContainText("no physical address yet");
  await page.getByTestId("to-completion").click();
  await ready(page);
  await expect(page.getByTestId("stages").locator(".now").last()).toContainText("read at");
  await expect(page.getByTestId("address")).toContainText("frame number (PFN)");
  await page.getByTestId("to-cause").click();
  await ready(page);
  await expect(page.getByTestId("stages").locator("li").first()).toHaveAttribute("aria-current", "step");
  const first = await page.getByTestId("stages").locator("li").first().innerText();
  await page.getByTestId("to-next-fault").click();
  await ready(page);
  await page.getByTestId("to-next-fault").click();
  await ready(page);
  await expect(page.getByTestId("access-case")).toHaveText("Case 2: valid, not present");
  expect(await page.getByTestId("stages").locator("li").first().innerText()).not.toBe(first);
});

test("a page that was swapped out stands in its slot, in its entry and in no frame", async ({ page }) => {
  await openScenario(page, swapping, "memory");
  await goTo(page, "major fault");
  await expect(page.getByTestId("entry-0")).toContainText("slot 0");
  await expect(page.getByTestId("next-out")).toContainText("Next to leave");
  await show(page, "swap");
  await expect(page.getByTestId("slots").getByRole("button", { name: /A·0 ?, swap slot 0/ })).toBeVisible();
});

test("free frames are drawn against the watermarks, and the table says the same", async ({ page }) => {
  await openScenario(page, daemon, "swap");
  await goTo(page, "t=16.5");
  await expect(page.getByTestId("waiting-for-frames")).toContainText("A");
  const chart = page.getByTestId("free-chart");
  await expect(chart).toHaveAttribute("aria-label", "Free frames over time: 0 now, 0 at the least");
  await expect(chart).toContainText("low 3");
  await expect(chart).toContainText("high 6");
  await page.getByTestId("swap").locator("summary").first().click();
  const row = page.getByTestId("free-table").getByRole("row", { name: /^24\.5 ms/ });
  await expect(row).toContainText("6");
  await expect(row).toContainText("asleep");
});

test("working sets are drawn against the frames, and thrashing is told with how it shows", async ({ page }) => {
  const program = "write p0..p4; repeat 40 { read p0..p4; cpu 1; sleep 3 }";
  const thrashing = { version: 1, title: "Thrashing", machine: { policy: "fifo", costs: { seek: "1ms" }, memory: { frames: 12, thrashing_window: "100ms" } }, processes: [{ name: "W", count: 5, program }] };
  await openScenario(page, thrashing, "swap");
  const chart = page.getByTestId("working-sets-chart");
  await expect(chart).toHaveAttribute("aria-label", "Working sets over time: 20 pages together at the most, 12 frames");
  await expect(chart).toContainText("12 frames");
  const told = page.getByTestId("thrashing");
  await expect(told).toContainText("the working sets together want 20 pages of 12 frames");
  await expect(told).toContainText("somebody waits for a major fault");
  await page.getByTestId("swap").locator("summary").last().click();
  const table = page.getByTestId("working-sets-table");
  await expect(table.getByRole("columnheader", { name: "together" })).toBeVisible();
  await expect(table.getByRole("row", { name: /20 4 4 4 4 4 thrashing$/ }).first()).toBeVisible();
});

test("a table of 65,536 entries has few rows on the page and shows any of them", async ({ page }) => {
  await openScenario(page, large, "memory");
  await goTo(page, "t=1");
  await expect(page.getByTestId("table-cost")).toContainText("256 KiB of tables, 2 entries");
  await page.getByRole("button", { name: "all pages" }).click();
  await expect(page.getByTestId("entry-0")).toContainText("frame 0");
  const list = page.getByTestId("page-table").locator(".entries");
  await list.evaluate((element) => element.scrollTo(0, (40_000 / 65_536) * (element.scrollHeight - 30)));
  await expect(page.getByTestId("entry-40000")).toContainText("frame 1");
  await expect(page.getByTestId("entry-0")).toHaveCount(0);
  expect(await page.getByTestId("page-table").getByRole("row").count()).toBeLessThan(200);
});

test("tables of several levels are a tree that folds and says what it saves", async ({ page }) => {
  await openScenario(page, tree, "memory");
  await goTo(page, "t=1");
  await expect(page.getByTestId("table-cost")).toContainText("192 B of tables, 6 entries; a linear table would take 1 KiB");
  const tables = page.getByTestId("tree");
  await expect(tables).toContainText("from page 240 · 2 of 16 entries");
  await tables.getByRole("button", { name: /from page 240/ }).click();
  await expect(page.getByTestId("entry-254")).toBeVisible();
  await tables.locator("summary").click();
  await expect(tables.getByRole("button", { name: /from page 240/ })).toBeHidden();
});

test("memory has its figures beside those of the run", async ({ page }) => {
  await openScenario(page, string, "metrics");
  await expect(page.getByTestId("figure-fault-rate").locator("td").last()).toHaveText(/45\.5\s%/);
  await expect(page.getByTestId("figure-evictions").locator("td").last()).toHaveText("2");
});

// What a theme breaks, it breaks in either language: each is looked at once.
for (const [theme, lang] of [["light", "en"], ["dark", "ko"]]) {
  test(`axe finds nothing in the panels about memory (${theme}, ${lang})`, async ({ page }) => {
    test.slow();
    await openScenario(page, daemon, "memory", { lang, theme });
    await goTo(page, "t=16.5");
    for (const panel of ["memory", "access", "references", "swap"]) {
      await show(page, panel);
      for (const summary of await page.locator(".panels .as-table summary").all()) {
        await summary.click();
      }
      await expectAccessible(page, ".panels");
    }
  });
}
