// Every lesson opens and plays, and its steps go where they say, in both languages alike.

import { readFileSync, readdirSync } from "node:fs";
import { expect, expectAccessible, open, ready, test } from "../support/kernelscope.mjs";

const folder = new URL("../../lessons/", import.meta.url);
const lessons = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")));

const card = (page) => page.locator(".lesson");
const counter = (page) => page.locator(".transport-counter > :last-child");
const words = {
  en: { next: "Next", reveal: "Just show me", lessons: "Lessons", again: "Try again", itself: "English" },
  ko: { next: "다음", reveal: "바로 보기", lessons: "수업", again: "다시 시도", itself: "한국어" },
};

/** The time that a step's text gives for its own moment, if it gives one. */
function timeOf(step) {
  const claims = [...step.text.en.matchAll(/\{([^}=]+) = time of ([^}]+)\}/g)];
  return claims.find(([, , moment]) => moment === step.at)?.[1];
}

/** What the card and the page say of a step, wherever its moment is. */
async function expectStep(page, lesson, place, lang) {
  const step = lesson.steps[place];
  await expect(card(page).getByRole("heading", { level: 2, name: lesson.title[lang], exact: true })).toBeVisible();
  await expect(card(page)).toHaveAttribute("data-step", String(place));
  await expect(card(page).locator(".lesson-go")).toBeVisible();
  await expect(page.getByRole("tab", { selected: true })).toHaveAttribute("id", `tab-${step.panel}`);
  const time = timeOf(step);
  if (time && place > 0) {
    await expect(page.locator(".now .figures").first()).toHaveText(time.replace(" ", "\u00a0"));
  }
  await expect(page.locator(".transport-none")).toHaveCount(0);
  return (await counter(page).innerText()).match(/\d+/g).sort().join("/");
}

for (const lesson of lessons) {
  test(`the lesson “${lesson.title.en}” opens, plays, and goes where it says in both languages`, async ({ page }) => {
    await open(page, { lang: "en", query: { lesson: lesson.id } });
    const before = await counter(page).innerText();
    await page.locator(".transport-play").click();
    await expect(counter(page)).not.toHaveText(before);
    await page.keyboard.press("End");
    await expect(page.locator(".transport-play")).toHaveAttribute("title", /^Play/);
    let [lang, other] = ["en", "ko"];
    for (const [place, step] of lesson.steps.entries()) {
      if (step.ask) {
        await expect(card(page).locator(".lesson-go")).toHaveCount(0);
        await card(page).getByRole("button", { name: words[lang].reveal, exact: true }).click();
      } else {
        await card(page).locator(".lesson-go").click();
      }
      await ready(page);
      const there = await expectStep(page, lesson, place, lang);
      await page.getByRole("button", { name: words[other].itself }).click();
      [lang, other] = [other, lang];
      expect(await expectStep(page, lesson, place, lang)).toEqual(there);
      if (place + 1 < lesson.steps.length) {
        await card(page).getByRole("button", { name: words[lang].next, exact: true }).click();
        await expect(card(page)).toHaveAttribute("data-step", String(place + 1));
        await ready(page);
      }
    }
  });
}

test("a wrong prediction is told what is right, and then the machine is asked", async ({ page }) => {
  await open(page, { lang: "en", query: { lesson: "mlfq-gaming" } });
  await card(page).getByRole("button", { name: "Next", exact: true }).click();
  await card(page).getByRole("button", { name: "200 ms, half" }).click();
  await expect(card(page).getByText("Not quite: 352 ms.")).toBeVisible();
  await ready(page);
  await expect(page.locator(".now .figures").first()).toHaveText("400\u00a0ms");
});

test("a term opens its meaning and closes it again", async ({ page }) => {
  await open(page, { lang: "en", query: { lesson: "convoy" } });
  const term = card(page).getByRole("button", { name: "ready queue" });
  await term.click();
  await expect(term).toHaveAttribute("aria-expanded", "true");
  await expect(card(page).getByRole("note")).toContainText("in the order of the policy");
  await term.click();
  await expect(card(page).getByRole("note")).toHaveCount(0);
});

test("the gallery finds a lesson by a Korean topic, opens it, and remembers how far one came", async ({ page }) => {
  await open(page, { lang: "en", query: { lesson: "convoy" } });
  await page.getByRole("button", { name: "Lessons", exact: true }).click();
  const gallery = page.getByRole("dialog");
  await gallery.getByRole("searchbox").fill("기아");
  await gallery.locator("[data-lesson='mlfq-starvation']").click();
  await expect(gallery).toHaveCount(0);
  await ready(page);
  await card(page).getByRole("button", { name: "Next", exact: true }).click();
  await expect(card(page)).toHaveAttribute("data-step", "1");
  await page.getByRole("button", { name: "Lessons", exact: true }).click();
  await page.getByRole("dialog").locator("[data-lesson='convoy']").click();
  await page.getByRole("button", { name: "Lessons", exact: true }).click();
  await expect(page.getByRole("dialog").locator("[data-lesson='mlfq-starvation']")).toContainText("step 2 of 5");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("the card stays in sight from step to step, until its panel is asked for", async ({ page }) => {
    await open(page, { lang: "ko", query: { lesson: "mlfq-long-job" } });
    for (const place of [0, 1]) {
      await expect(card(page)).toHaveAttribute("data-step", String(place));
      await expect(card(page).locator(".lesson-go")).toBeVisible();
      await card(page).getByRole("button", { name: words.ko.next, exact: true }).click();
      await ready(page);
    }
    await card(page).locator(".lesson-go").click();
    await expect(page.getByRole("tab", { selected: true })).toHaveAttribute("id", "tab-queues");
  });
});

test("the title of a lesson follows the language of the page", async ({ page }) => {
  await open(page, { lang: "en", query: { lesson: "convoy" } });
  await expect(page).toHaveTitle(/FIFO and the convoy/);
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(page).toHaveTitle(/FIFO와 호위 효과/);
});

for (const lang of ["en", "ko"]) {
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing in the gallery and on the card (${lang}, ${theme})`, async ({ page }) => {
      await open(page, { lang, theme, query: { lesson: "convoy" } });
      await card(page).locator(".term").first().click();
      await expectAccessible(page);
      await card(page).getByRole("button", { name: words[lang].next, exact: true }).click();
      await card(page).getByRole("button", { name: words[lang].next, exact: true }).click();
      await expect(card(page).locator(".choice").first()).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: words[lang].lessons, exact: true }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page);
    });
  }
}

test.describe("where a lesson does not arrive", () => {
  test.use({ expectedErrors: [/Failed to load resource/] });
  const files = "**/lessons/*.json?*";

  test("a first visit gets a sheet, a word about it, and the lesson when it is asked for again", async ({ page }) => {
    await page.route(files, (route) => route.abort());
    await open(page, { lang: "en", query: { lesson: "convoy" } });
    const notice = page.locator(".notice");
    await expect(notice).toContainText("could not be fetched");
    await expect(page.locator(".timeline-canvas")).toBeVisible();
    await page.unroute(files);
    await notice.getByRole("button", { name: words.en.again }).click();
    await expect(card(page)).toBeVisible();
    await expect(notice).toHaveCount(0);
  });

  test("the scenario is there all the same, and the card says what is missing", async ({ page }) => {
    await open(page, { lang: "en", query: { lesson: "convoy" } });
    await expect(card(page)).toBeVisible();
    await page.route(files, (route) => route.abort());
    await page.reload();
    await ready(page);
    await expect(page.locator(".timeline-canvas")).toBeVisible();
    await expect(page.getByRole("alert")).toContainText("could not be fetched");
    await expectAccessible(page);
    await page.unroute(files);
    await page.getByRole("alert").getByRole("button", { name: words.en.again }).click();
    await expect(card(page)).toBeVisible();
  });
});
