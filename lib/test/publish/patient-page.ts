import type { Browser, Page } from "puppeteer-core";

/** Opens a page that a busy host may take long over; what never comes is still told by its name, before the test's own limit. */
export async function patientPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(300_000);
  return page;
}
