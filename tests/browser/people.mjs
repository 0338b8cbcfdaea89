// People who sign in, and what every page of theirs is looked at for.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { openPage, program } from "./harness.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const PASSWORD = "correct horse battery";

/** Adds a person as the operator does, and returns the path of the one-time link that is printed. */
export function invite(site, name, displayName, orgUnit, role) {
  const database = `sqlite://${join(site.server.folder, "dashboard.db")}`;
  const args = ["user", "add", name, "--display-name", displayName, "--org-unit", orgUnit, "--role", role];
  const printed = execFileSync(program, [...args, "--database-url", database], { encoding: "utf8" });
  return /\/links\/\S+/.exec(printed)[0];
}

/** Opens a one-time link, sets the password and signs in, all by keyboard. */
export async function arriveBy(site, link, name, options) {
  const page = await openPage(site.chromium, site.server.url + link, options);
  await page.getByLabel("新密码").fill(PASSWORD);
  await page.getByLabel("再输入一次").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await signIn(page, name);
  return page;
}

/** Fills in the form to sign in at, which is open. */
export async function signIn(page, name) {
  await page.getByLabel("账号").fill(name);
  await page.getByLabel("密码").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "退出", exact: true }).waitFor();
}

/** What axe finds on the page, and whether it is wider than the window, on a telephone and a wall, in the light and the dark. */
export async function axeFaults(page) {
  const found = [];
  for (const width of [360, 1280, 3840]) {
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.evaluate(axeSource);
      const here = await page.evaluate(async () => {
        const { violations } = await axe.run(document, { resultTypes: ["violations"] });
        const wide = document.documentElement.scrollWidth > innerWidth ? ["wider than the window"] : [];
        return [...wide, ...violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`)];
      });
      found.push(...here.map((fault) => `${width} px, ${colorScheme}: ${fault}`));
    }
  }
  return found;
}
