// Takes pictures of the built page, for looking at it and for the README.
//
//     npm run shot -- [--out FOLDER] [--query 'lesson=convoy'] [--hash '#1.…'] [--size desktop,phone,hall]
//                     [--theme light,dark] [--lang en,ko] [--click SELECTOR]… [--key KEY]… [--full]
//
// One picture for each size, theme and language asked for, named after them; --click and --key happen first, in order.
// Motion is reduced, so that a first visit does not play by itself and the same page gives the same picture.

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { launchOptions } from "./support/chromium.mjs";
import { startSite } from "./support/site.mjs";

const sizes = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  hall: { viewport: { width: 1920, height: 1080 } },
};

const { values: wanted, tokens } = parseArgs({
  tokens: true,
  options: {
    out: { type: "string", default: "../../target/shots" },
    query: { type: "string", default: "" },
    hash: { type: "string", default: "" },
    size: { type: "string", default: "desktop" },
    theme: { type: "string", default: "light" },
    lang: { type: "string", default: "en" },
    click: { type: "string", multiple: true },
    key: { type: "string", multiple: true },
    full: { type: "boolean", default: false },
  },
});
const gestures = tokens.filter(({ name }) => name === "click" || name === "key");

const site = await startSite();
const browser = await chromium.launch(launchOptions);
mkdirSync(wanted.out, { recursive: true });
try {
  for (const size of wanted.size.split(",")) {
    for (const theme of wanted.theme.split(",")) {
      for (const lang of wanted.lang.split(",")) {
        await shoot(size, theme, lang);
      }
    }
  }
} finally {
  await browser.close();
  await site.close();
}

async function shoot(size, theme, lang) {
  const context = await browser.newContext({ ...sizes[size], colorScheme: theme, locale: lang, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && console.error(message.text()));
  page.on("pageerror", (error) => console.error(error.message));
  const url = new URL(site.url);
  url.search = new URLSearchParams([...new URLSearchParams(wanted.query), ["theme", theme], ["lang", lang]]);
  url.hash = wanted.hash;
  await page.goto(url.href);
  // A page that never gets ready is worth a picture too.
  await page.locator("[data-state='ready']").waitFor({ timeout: 10_000 }).catch((error) => console.error(error.message));
  for (const { name, value } of gestures) {
    await (name === "click" ? page.click(value) : page.keyboard.press(value));
  }
  const path = resolve(join(wanted.out, `${size}-${theme}-${lang}.png`));
  await page.screenshot({ path, fullPage: wanted.full });
  console.log(path);
  await context.close();
}
