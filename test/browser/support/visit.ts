import type { HumanRole } from '@signalbox/api';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject } from 'vitest';
import { launch } from './browser.ts';
import { theServer } from './place.ts';

/** A machine that has other things to do draws slowly; nothing here is measured in time. */
const WAIT_MS = 60_000;

/** Who looks at a page. */
export interface Visitor {
  /** A user of that role, who is made when there is none; absent: the administrator. */
  readonly as?: HumanRole;
  /** The token of a certain user, or `null` for nobody. */
  readonly token?: string | null;
  /** The browser of somebody who was there before, with the session and everything that it kept. */
  readonly context?: BrowserContext;
}

/** An open page. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complains about; a test in which it should, empties the list. */
  readonly faults: string[];
}

/** Opens an address that `Place.at` made. */
export type Open = (address: string, visitor?: Visitor) => Promise<Visit>;

const chromium = inject('chromium');

/**
 * Tests in a real browser against the real server: each file has one browser, each `open` a session of its own. After
 * each test its pages are closed, and none of them may have complained. Skipped where there is no Chromium.
 *
 * ```ts
 * describeInBrowser('the runs', (open) => {
 *   let place: Place;
 *   beforeAll(async () => {
 *     place = await newPlace('Runs', { 'shop.yml': YAML });
 *   });
 *   it('shows them', async () => {
 *     const { page } = await open(place.at('runs'), { as: 'reader' });
 *     await page.getByText('shop').waitFor();
 *     await eachLook(page, 'runs');
 *   });
 * });
 * ```
 */
export function describeInBrowser(title: string, tests: (open: Open) => void): void {
  const reason = 'obstacle' in chromium ? ` (skipped: ${chromium.obstacle})` : '';
  describe.skipIf('obstacle' in chromium)(`${title}${reason}`, () => {
    let browser: Browser;
    let visits: Visit[] = [];

    beforeAll(async () => {
      browser = await launch('path' in chromium ? chromium.path : '');
    });

    afterEach(async () => {
      const over = visits;
      visits = [];
      await Promise.all([...new Set(over.map(({ context }) => context))].map((context) => context.close()));
      expect(over.flatMap(({ faults }) => faults)).toEqual([]);
    });

    afterAll(() => browser?.close());

    tests(async (address, visitor = {}) => {
      const visit = await opened(browser, address, visitor);
      visits.push(visit);
      await visit.page.goto(address);
      return visit;
    });
  });
}

async function opened(browser: Browser, address: string, visitor: Visitor): Promise<Visit> {
  const context = visitor.context ?? (await newContext(browser, address, visitor));
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // The browser itself logs every answer that is an error; the page shows it.
    const isAnswer = /status of|net::ERR_/.test(message.text());
    if (message.type() === 'error' && !isAnswer) faults.push(message.text());
  });
  return { page, context, faults };
}

async function newContext(browser: Browser, address: string, visitor: Visitor): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const token = visitor.token === undefined ? await tokenOf(visitor.as) : visitor.token;
  if (token !== null) await signIn(context, new URL(address).origin, token);
  return context;
}

/** Begins a session as the page of the sign-in does, and gives its cookie to the browser. */
async function signIn(context: BrowserContext, origin: string, token: string): Promise<void> {
  const answer = await context.request.post(`${origin}/signin`, {
    headers: { 'x-signalbox-request': '1' },
    data: { token },
  });
  if (!answer.ok()) throw new Error(`POST /signin: ${answer.status()} ${await answer.text()}`);
}

const tokens = new Map<HumanRole, Promise<string>>();

/** The token of a user named as his role, who is made when there is none; of the administrator without a role. */
function tokenOf(role?: HumanRole): Promise<string> {
  if (role === undefined) return Promise.resolve(theServer().token);
  const known = tokens.get(role) ?? newToken(`the ${role}`, role);
  tokens.set(role, known);
  return known;
}

/** A new token of the user with that name, who is made with that role on the organisation when there is none. */
export async function newToken(name: string, role: HumanRole): Promise<string> {
  const body = { name, role };
  const { secret } = await theServer().rest<{ secret: string }>('POST', '/_apis/signalbox/tokens', body);
  return secret;
}
