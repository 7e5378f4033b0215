// Where a browser of the Chromium family is on this machine. Run by itself it prints the path, or fails.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chrome.exe", "msedge.exe"];

const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

const runs = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The path of a browser: the one that CHROMIUM names, else one on PATH, else one in its usual place. */
export function chromium() {
  const onPath = process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env.CHROMIUM, ...onPath, ...elsewhere].find((path) => path && runs(path));
}

/** How it is started: its sandbox does not work for root, which is what containers run as. */
export const launchOptions = {
  executablePath: chromium(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = chromium();
  if (!found) {
    process.exit(1);
  }
  console.log(found);
}
