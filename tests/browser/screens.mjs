// Takes pictures of the main pages for a person to look at:  node tests/browser/screens.mjs [part of a name]
// They go to tests/browser/out, which git ignores.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { appState, openPage, startChromium, startServer } from "./harness.mjs";
import { DESKTOP, ORG_UNIT, OVERVIEW, TAXPAYING_FIRMS, TELEPHONE, inLanguage } from "./pages.mjs";

const out = fileURLToPath(new URL("out", import.meta.url));
const wanted = process.argv[2] ?? "";
const SIZES = { 360: TELEPHONE, 1280: DESKTOP, 3840: { width: 3840, height: 2160 } };
const FROM_SAMPLE = { overview: OVERVIEW, indicator: TAXPAYING_FIRMS, "org-unit": ORG_UNIT, indicators: "/indicators" };
const FROM_SYNTHETIC = { "synthetic-overview": OVERVIEW, "synthetic-indicator": "/indicators/industry_chambers" };

async function takeAll(chromium, server, pages) {
  for (const [name, address] of Object.entries(pages)) {
    for (const language of ["zh", "en"]) {
      const page = await openPage(chromium, server.url + inLanguage(address, language));
      await appState(page);
      for (const [width, viewport] of Object.entries(SIZES)) {
        for (const colorScheme of ["light", "dark"]) {
          const file = `${name}-${width}-${colorScheme}-${language}.png`;
          if (!file.includes(wanted)) continue;
          await page.setViewportSize(viewport);
          await page.emulateMedia({ colorScheme });
          await page.screenshot({ path: join(out, file), fullPage: width !== "3840" });
          console.log(file);
        }
      }
      await page.context().close();
    }
  }
}

mkdirSync(out, { recursive: true });
const chromium = await startChromium();
for (const [options, pages] of [[{}, FROM_SAMPLE], [{ synthetic: true }, FROM_SYNTHETIC]]) {
  const server = await startServer(options);
  await takeAll(chromium, server, pages).finally(server.stop);
}
await chromium.close();
