// The browser tests of the built site: `cargo xtask test --only build --only browser`, or `npx playwright test` here.

import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/chromium.mjs";

export default defineConfig({
  testDir: "specs",
  globalSetup: "./support/setup.mjs",
  outputDir: "../../target/browser-tests",
  fullyParallel: true,
  workers: 2,
  // A machine under load is slow, not wrong: generous limits, and no test waits for time to pass.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // One stall of a shared machine must not refuse a day's work. What needs its second attempt is listed as flaky.
  retries: 1,
  reporter: [["list"]],
  use: {
    launchOptions,
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    trace: "off",
  },
});
