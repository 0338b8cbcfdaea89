import { after, before, test } from "node:test";
import { startSite } from "./harness.mjs";
import { arriveBy, invite } from "./people.mjs";
const site = startSite();
test("probe", async () => {
  const page = await arriveBy(site, invite(site, "li", "李敏", "371482", "reporter"), "li", { viewport: { width: 1280, height: 900 } });
  page.on("console", (m) => console.log("console", m.type(), m.text()));
  page.on("response", async (r) => { if (/api/.test(r.url())) console.log(Date.now() % 100000, r.status(), r.url()); });
  page.on("request", async (r) => { if (/api/.test(r.url())) console.log(Date.now() % 100000, r.url()); });
  page.on("worker", (w) => { console.log("worker", w.url()); });
  await page.goto(`${site.server.url}/report/form?org-unit=371482&year=2023`);
  await page.waitForTimeout(9000);
  console.log(page.complaints, page.url());
  console.log(await page.evaluate(() => document.querySelector("#bar")?.innerHTML + document.querySelectorAll("script").length + document.querySelector("script[data-wasm]")?.outerHTML));
  await page.screenshot({ path: "/tmp/s7/form.png" });
  console.log(site.server.log.slice(-1500));
});
