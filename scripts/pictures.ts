import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launch } from '../test/browser/support/browser.ts';
import { freePort, startSignalbox, type Signalbox } from '../test/support/signalbox.ts';
import { PROJECT } from './pictures/furnish.ts';
import { shopRepository } from './pictures/repository.ts';
import { shotsOf, WIZARD } from './pictures/shots.ts';
import { makeWorld } from './pictures/world.ts';
import { root } from './run.ts';

// Takes a picture of every page of the web, of a real server with real agents: `npm run pictures` writes
// docs/guide/pictures, or the folder that is named: `npm run pictures -- DIR all` takes dark and phone ones, too.
const [folder = join(root, 'docs/guide/pictures'), all] = process.argv.slice(2);
const AGENTS = 6;

interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

const DESKTOP: Size = { name: '', width: 1280, height: 860, colorScheme: 'light' };
const OTHERS: readonly Size[] = [
  { ...DESKTOP, name: '-dark', colorScheme: 'dark' },
  { name: '-phone', width: 390, height: 844, colorScheme: 'light' },
  { name: '-phone-dark', width: 390, height: 844, colorScheme: 'dark' },
];
const SIZES = all === 'all' ? [DESKTOP, ...OTHERS] : [DESKTOP];

async function newPage(browser: Browser, box: Signalbox): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const data = { token: box.token };
  const origin = new URL(box.url).origin;
  await context.request.post(`${origin}/signin`, { headers: { 'x-signalbox-request': '1' }, data });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  return page;
}

/** Waits until nothing is being read, and takes the picture in each size. */
async function take(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.emulateMedia({ colorScheme: size.colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: size.width, height: size.height });
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 1000)));
    await page.screenshot({ path: join(folder, `${name}${size.name}.png`) });
  }
  await page.setViewportSize({ width: DESKTOP.width, height: DESKTOP.height });
  console.log(`  ${name}`);
}

async function takeWizard(browser: Browser, box: Signalbox): Promise<void> {
  const page = await newPage(browser, box);
  await page.goto(box.url);
  await page.getByLabel('Name of the project').waitFor();
  const repository = shopRepository();
  for (const { name, go } of WIZARD) {
    await go(page, repository);
    await take(page, name);
  }
  await page.context().close();
}

async function takePages(browser: Browser, box: Signalbox, receiver: string): Promise<void> {
  const world = await makeWorld(box, receiver);
  const page = await newPage(browser, box);
  for (const { name, path, act } of shotsOf(world)) {
    await page.goto(`${box.url}/${PROJECT}/${path}`);
    await page.locator('h1').first().waitFor();
    await act?.(page);
    await take(page, name);
  }
}

const chromium = await findChromium();
if (chromium === undefined) throw new Error('There is no Chromium on this machine, and none came from npm.');
mkdirSync(folder, { recursive: true });
const port = await freePort();
const receiver = createServer((request, response) =>
  request.resume().on('end', () => response.end('thank you')),
);
receiver.listen(port, '127.0.0.1');
const box = await startSignalbox({ agents: AGENTS, triggers: true, allowOutbound: [`127.0.0.1:${port}`] });
const browser = await launch(chromium);
try {
  await takeWizard(browser, box);
  await takePages(browser, box, `http://127.0.0.1:${port}/hook`);
} finally {
  await browser.close();
  await box.stop();
  receiver.closeAllConnections();
  receiver.close();
}
