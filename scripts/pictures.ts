import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launch } from '../test/browser/support/browser.ts';
import { startSignalbox, type Signalbox } from '../test/support/signalbox.ts';
import { root } from './run.ts';

// Takes a picture of every page of the web with the demo at work: `npm run pictures` writes docs/guide/pictures/pages,
// or the folder that is named: `npm run pictures -- DIR all` takes dark and phone ones, too.
const [folder = join(root, 'docs/guide/pictures/pages'), all] = process.argv.slice(2);

/** Long enough that the locks of the demo have a past and a line. */
const DEMO_MS = 60_000;

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

/** The name of a picture, and the place below the project that it shows. */
async function places(box: Signalbox): Promise<readonly (readonly [string, string])[]> {
  const { value: runs } = await box.rest<{ readonly value: readonly { readonly id: number }[] }>(
    'GET',
    '/demo/_apis/build/builds?statusFilter=inProgress&$top=1',
  );
  const run = runs[0]?.id ?? 1;
  return [
    ['home', ''],
    ['pipelines', 'pipelines'],
    ['pipeline', 'pipelines/1'],
    ['queue', 'pipelines/1/queue'],
    ['runs', 'runs'],
    ['run', `runs/${run}`],
    ['log', `runs/${run}/log`],
    ['timeline', `runs/${run}/timeline`],
    ['locks', 'locks'],
    ['lock', 'locks/1'],
    ['policy', 'locks/1/policy'],
    ['environments', 'environments'],
    ['environment', 'environments/1'],
    ['approvals', 'approvals'],
    ['board', 'board'],
    ['pools', 'pools'],
    ['pool', 'pools/1'],
    ['library', 'library'],
    ['people', 'people'],
    ['notifications', 'notifications'],
    ['triggers', 'triggers'],
    ['audit', 'audit'],
    ['settings', 'settings'],
  ];
}

async function signIn(page: Page, box: Signalbox): Promise<void> {
  const [, code] = /(\/signin\?code=[\w-]+)/.exec(box.output()) ?? [];
  if (code === undefined) throw new Error(`no link to sign in was printed:\n${box.output()}`);
  await page.goto(`http://127.0.0.1:${box.port}${code}`);
}

async function take(browser: Browser, box: Signalbox, sizes: readonly Size[]): Promise<void> {
  const [first = DESKTOP, ...others] = sizes;
  const context = await browser.newContext({ colorScheme: first.colorScheme });
  const page = await context.newPage();
  await signIn(page, box);
  for (const [name, path] of await places(box)) {
    for (const size of [first, ...others]) {
      await page.emulateMedia({ colorScheme: size.colorScheme });
      await page.setViewportSize({ width: size.width, height: size.height });
      await page.goto(`${box.url}/demo/${path}`);
      await page.locator('h1').first().waitFor();
      // Text and lists arrive after the heading.
      await page.waitForTimeout(1_500);
      await page.screenshot({ path: join(folder, `${name}${size.name}.png`) });
    }
    console.log(`  ${name}`);
  }
}

const chromium = await findChromium();
if (chromium === undefined) throw new Error('There is no Chromium on this machine, and none came from npm.');
mkdirSync(folder, { recursive: true });
const box = await startSignalbox({ demo: true });
const browser = await launch(chromium);
try {
  console.log('the demo warms up');
  await new Promise((done) => setTimeout(done, DEMO_MS));
  await take(browser, box, all === 'all' ? [DESKTOP, ...OTHERS] : [DESKTOP]);
} finally {
  await browser.close();
  await box.stop();
}
