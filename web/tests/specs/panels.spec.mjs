// What each panel tells a reader, on runs whose outcome the textbooks give.

import { expect, expectAccessible, open, ready, test } from "../support/kernelscope.mjs";

/** Opens a lesson at its first moment and brings a panel to the front. */
async function openAt(page, lesson, panel, options = {}) {
  await open(page, { lang: "en", ...options, query: { lesson } });
  await show(page, panel);
}

async function show(page, panel) {
  await page.locator(`#tab-${panel}`).click();
  await expect(page.locator(`#tab-${panel}`)).toHaveAttribute("aria-selected", "true");
}

/** Presses a key of the transport, away from the tabs, whose own keys they would be, and waits for the cursor. */
async function press(page, key) {
  await page.locator("#stage").press(key);
  await ready(page);
}

/** Steps forward until something is there. */
async function stepTo(page, locator) {
  for (let steps = 0; steps < 40 && (await locator.count()) === 0; steps += 1) {
    await press(page, "ArrowRight");
  }
  await expect(locator).toBeVisible();
}

/** The text of an element, with ordinary spaces. */
const text = async (locator) => (await locator.innerText()).replaceAll("\u00a0", " ");

test("Now says who was dispatched and why, why not the others, and what comes next", async ({ page }) => {
  await openAt(page, "sjf", "queues");
  await expect(page.getByTestId("now-what")).toHaveText("B gets CPU 0");
  await expect(page.getByTestId("now-why")).toHaveText("It and C are equal, and the rule for ties prefers it.");
  const against = page.getByTestId("why-not").locator("details", { hasText: "Why not A?" });
  await against.locator("summary").click();
  await expect(against.locator("p")).toHaveText("A needs 100, more than 10 of B.");
  await expect(page.getByTestId("now-next")).toContainText("B");
});

test("Now speaks Korean with the particles that fit", async ({ page }) => {
  await openAt(page, "sjf", "queues", { lang: "ko" });
  await expect(page.getByTestId("now-what")).toHaveText("B가 CPU 0을 받는다");
});

test("the rule behind a step is one click away", async ({ page }) => {
  await openAt(page, "round-robin", "queues");
  await page.getByTestId("now").getByRole("button", { name: /Round robin: the slice/ }).click();
  await expect(page.locator("#tab-rules")).toHaveAttribute("aria-selected", "true");
  await expect(page.getByTestId("rule-rr.slice")).toContainText("Behind the last step.");
});

test("queues show where every task is", async ({ page }) => {
  await openAt(page, "mlfq-starvation", "queues");
  await expect(page.getByTestId("lane-own-devices")).toContainText("I1");
  await expect(page.getByTestId("lane-q0")).toContainText("I2");
  await expect(page.getByTestId("lane-q2")).toContainText("L");
  await expect(page.getByTestId("lane-q1")).toContainText("empty");
});

test("choosing a task anywhere opens its process control block, its place in its program and its state", async ({ page }) => {
  await openAt(page, "stcf", "tasks");
  const row = page.getByTestId("tasks").getByRole("row", { name: /^B/ });
  if ((await row.getByRole("button").getAttribute("aria-pressed")) !== "true") {
    await row.getByRole("button").click();
  }
  await expect(page.getByTestId("inspector")).toContainText("PID");
  await expect(page.getByTestId("program").locator("mark")).toHaveText("cpu 10");
  await expect(page.getByTestId("states").locator(".lit")).toHaveCount(1);
  await expect(page.getByTestId("states")).toHaveAttribute("aria-label", /admitted: 1/);
});

test("the kernel panel goes from boot to the first system call, stage by stage", async ({ page }) => {
  await openAt(page, "boot-to-syscall", "kernel");
  await expect(page.getByTestId("trap-table")).toContainText("not set yet");
  await press(page, "ArrowRight");
  await expect(page.getByTestId("trap-table")).toContainText("syscall_handler");
  await expect(page.getByTestId("protocol").locator("[aria-current=step]").first()).toContainText("trap table");

  const entry = page.getByTestId("kernel-stage").filter({ hasText: "A traps into the kernel: getpid()" });
  await stepTo(page, entry);
  await expect(page.getByTestId("mode")).toHaveText("kernel mode");
  await expect(page.getByTestId("interrupts")).toHaveText("disabled");
  await expect(page.getByTestId("registers").getByRole("row", { name: /^A/ })).toContainText("user registers, PC, flags");
  await expect(page.getByTestId("syscalls").locator("[aria-current]")).toContainText("39");
  await expect(page.getByTestId("protocol").locator("[aria-current=step]")).toContainText("save the user registers on the kernel stack");
});

test("a number that is no system call is refused in the table", async ({ page }) => {
  await openAt(page, "protection", "kernel");
  const refused = page.getByTestId("syscalls").locator(".refused");
  await stepTo(page, refused);
  await expect(refused).toContainText("999");
});

test("the list of events follows the cursor, counts entries by cause, and leads to each event", async ({ page }) => {
  await openAt(page, "timer-switch", "events");
  const list = page.getByTestId("events");
  await expect(list.locator(".event.current").first()).toBeVisible();
  await press(page, "End");
  await list.getByRole("button", { name: /^Interrupts/ }).click();
  const rows = list.locator(".event");
  await expect(rows.first()).toContainText("The timer interrupts");
  const counted = Number(await list.getByRole("button", { name: /^Interrupts/ }).locator(".count").innerText());
  await expect(rows).toHaveCount(counted);
  await rows.first().getByRole("button").click();
  await ready(page);
  await expect(rows.first()).toHaveAttribute("aria-current", "step");
  await expect(page.getByTestId("now-what")).toContainText("The timer interrupts");
});

test("a filter finds its events wherever in the run they are, and says so where there are none", async ({ page }) => {
  await openAt(page, "convoy", "events");
  await page.locator("#field-processes-0--program").fill("repeat 600 { cpu 1; syscall 39 }");
  await ready(page);
  await press(page, "Home");
  const list = page.getByTestId("events");
  await list.getByRole("button", { name: /^Arrive and exit/ }).click();
  const arrivals = list.locator(".event").filter({ hasText: /A .*arrives/ });
  const exits = list.locator(".event").filter({ hasText: /A .*exits/ });
  await expect(arrivals).toHaveCount(1);
  await expect(exits).toHaveCount(1);
  await exits.getByRole("button").click();
  await ready(page);
  await expect(exits).toHaveAttribute("aria-current", "step");
  await list.getByRole("button", { name: /^Exceptions/ }).click();
  await expect(list).toContainText("No such event in this run.");
});

test("metrics stand beside their formulas and agree with the textbook", async ({ page }) => {
  await openAt(page, "sjf", "metrics");
  const turnaround = page.getByTestId("figure-turnaround");
  await expect(turnaround).toContainText("completion − arrival");
  expect(await text(turnaround.locator("td").last())).toBe("50");
  expect(await text(page.getByTestId("figure-response").locator("td").last())).toBe("10");
  await expect(page.getByTestId("task-metrics").getByRole("row")).toHaveCount(4);
  await expect(page.getByTestId("switches")).toContainText("Mode switches");
});

test("another convention gives another textbook's figure, and undo gives the first again", async ({ page }) => {
  await openAt(page, "same-instant", "metrics");
  const turnaround = page.getByTestId("figure-turnaround").locator("td").last();
  const before = await text(turnaround);
  await show(page, "rules");
  const order = page.getByLabel("Order inside an instant");
  const other = (await order.inputValue()) === "arrivals_first" ? "preempted_first" : "arrivals_first";
  await order.selectOption(other);
  await ready(page);
  await expect(order).toHaveValue(other);
  await show(page, "metrics");
  await expect.poll(() => text(turnaround)).not.toBe(before);
  expect([before, await text(turnaround)].toSorted()).toEqual(["7", "7.667"]);
  await page.keyboard.press("Control+z");
  await expect.poll(() => text(turnaround)).toBe(before);
});

test("a comparison marks the best and the worst in words", async ({ page }) => {
  await openAt(page, "sjf", "compare");
  while ((await page.getByTestId("compare").getByRole("button", { name: /^Remove/ }).count()) > 0) {
    await page.getByTestId("compare").getByRole("button", { name: /^Remove/ }).first().click();
    await ready(page);
  }
  await page.getByTestId("add-fifo").click();
  await ready(page);
  const cells = page.getByTestId("compared-turnaround").locator("td");
  await expect(cells).toHaveCount(2);
  await expect(cells.nth(0)).toContainText("50");
  await expect(cells.nth(0)).toContainText("best");
  await expect(cells.nth(1)).toContainText("110");
  await expect(cells.nth(1)).toContainText("worst");
});

test("a sweep draws its curves, says the same in a table, and a value opens its run", async ({ page }) => {
  await openAt(page, "round-robin", "sweep");
  await page.getByTestId("sweep-parameter").selectOption("machine.policy.rr.quantum");
  await page.getByTestId("sweep-from").fill("1");
  await page.getByTestId("sweep-to").fill("5");
  await page.getByTestId("sweep-to").press("Tab");
  await page.getByTestId("sweep-start").click();
  await expect(page.getByTestId("charts").locator("svg").first().locator(".curve-point")).toHaveCount(5);
  await page.getByTestId("sweep").locator("summary").click();
  const row = page.getByTestId("sweep-table").getByRole("row", { name: /^1 / });
  await expect(row).toContainText("1 · 14");
  await page.getByTestId("sweep-table").getByRole("row", { name: /^5 / }).getByRole("button").click();
  await ready(page);
  await expect(page.locator("#tab-metrics")).toHaveAttribute("aria-selected", "true");
  expect(await text(page.getByTestId("figure-turnaround").locator("td").last())).toBe("10");
});

// What a theme breaks, it breaks in either language: each is looked at once.
for (const [theme, lang] of [["light", "en"], ["dark", "ko"]]) {
  test(`axe finds nothing in any panel (${theme}, ${lang})`, async ({ page }) => {
    test.slow();
    await open(page, { lang, theme, query: { lesson: "timer-switch" } });
    for (const panel of ["queues", "tasks", "events", "metrics", "kernel", "rules", "compare", "sweep"]) {
      await show(page, panel);
      if (panel === "compare") {
        await page.getByTestId("add-fifo").click();
        await ready(page);
      }
      if (panel === "sweep") {
        await page.getByTestId("sweep-start").click();
        await expect(page.locator(".chart .curve-point").first()).toBeVisible();
      }
      await expectAccessible(page, ".panels");
    }
  });
}
