import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployment, newLine, type Line } from './support/line.ts';
import { eachLook } from './support/looks.ts';
import { newPlace, type Place } from './support/place.ts';
import { describeInBrowser, newToken } from './support/visit.ts';

/** What a page shows comes over the feed, and the feed may be slow. */
const PATIENCE = { timeout: 60_000 };
const LOCKS = ['looks', 'moves', 'holds', 'cold', 'wide', 'kept', 'two', 'seen'] as const;

/** The row of the line with that number, counted from 1. */
function row(page: Page, position: number): Locator {
  return page.locator(`[data-row="${position - 1}"]`);
}

/** The form over the page: gives the reason, and sends it with a button. */
async function send(dialog: Locator, reason: string, button: string): Promise<void> {
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: button, exact: true }).click();
}

describeInBrowser('the locks', (open) => {
  let place: Place;
  const lines: Line[] = [];
  const lineOf = async (name: (typeof LOCKS)[number], count: number, policy = {}): Promise<Line> => {
    const line = await newLine(place, name, count, policy);
    lines.push(line);
    return line;
  };
  const pageOf = (line: Line, part = ''): string => place.at(`locks/${line.lock}${part}`);

  beforeAll(async () => {
    const files = Object.fromEntries(LOCKS.map((name) => [`${name}.yml`, deployment(name)]));
    place = await newPlace('Locks', files);
  });

  // Also where a test failed: the agents are there for everybody.
  afterAll(() => {
    for (const line of lines) line.finishAll();
  });

  it('are looked at: all of them, one, one of its line, and its policy', async () => {
    const line = await lineOf('looks', 2);
    line.finish(0, 'bad');
    await line.expectLine({ holds: [1], waits: [] });
    line.finish(1);
    await line.expectLine({ holds: [], waits: [] });
    for (let more = 0; more < 3; more += 1) await line.add();
    const { page } = await open(place.at('locks'));
    await page
      .getByRole('article', { name: 'looks' })
      .getByText(line.name(2).split(',')[0] ?? '')
      .waitFor();
    await eachLook(page, 'locks');
    await page.goto(pageOf(line));
    const past = page.getByRole('region', { name: 'Before' }).getByRole('listitem');
    await expect.poll(() => past.allTextContents(), PATIENCE).toHaveLength(2);
    expect(await past.first().textContent()).toMatch(/succeeded.*held it for .+, token 2/);
    expect(await past.last().textContent()).toMatch(/failed.*held it for .+ and failed, token 1/);
    await page.getByRole('combobox', { name: 'What if' }).selectOption('capacity');
    await page.getByText(`${line.name(3)} would start at once.`).waitFor();
    await eachLook(page, 'lock');
    await row(page, 1).click();
    const dialog = page.getByRole('dialog', { name: line.name(3) });
    await dialog.getByText('Why it waits').waitFor();
    await dialog.getByText('What would come of it').waitFor();
    await eachLook(page, 'lock-request');
    await page.goto(pageOf(line, '/policy?capacity=3'));
    await page.getByText(`${line.name(3)} would start at once.`).waitFor();
    await eachLook(page, 'lock-policy');
    line.finishAll();
  });

  it('let a run be moved by keys and by dragging, and take a move back', async () => {
    const line = await lineOf('moves', 5);
    const { page } = await open(pageOf(line));
    await row(page, 2).focus();
    await page.keyboard.press('Alt+ArrowUp');
    const byKeys = page.getByRole('dialog', { name: line.name(2) });
    await byKeys.getByText(`${line.name(2)} would be number 1 instead of 2 at moves.`).waitFor();
    await line.expectLine({ holds: [0], waits: [1, 2, 3, 4] });
    await send(byKeys, 'the fix first', 'Move it');
    await line.expectLine({ holds: [0], waits: [2, 1, 3, 4] });
    expect((await line.waiter(2)).moved).toMatchObject({ by: 'administrator', reason: 'the fix first' });
    await page
      .getByRole('status')
      .filter({ hasText: `Moved: ${line.name(2)}` })
      .waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await line.expectLine({ holds: [0], waits: [1, 2, 3, 4] });
    await expect.poll(() => row(page, 1).textContent(), PATIENCE).toContain(line.runs[1]?.number);
    await page.locator('.line-row').nth(3).dragTo(page.locator('.line-row').nth(1));
    const byMouse = page.getByRole('dialog', { name: line.name(4) });
    await send(byMouse, 'this one, too', 'Move it');
    await line.expectLine({ holds: [0], waits: [1, 4, 2, 3] });
    line.finishAll();
  });

  it('let a run be held back, let go and withdrawn, each with its reason', async () => {
    const line = await lineOf('holds', 3);
    const { page } = await open(pageOf(line));
    await row(page, 1).focus();
    await page.keyboard.press('h');
    await send(page.getByRole('dialog', { name: line.name(1) }), 'not before noon', 'Hold it back');
    await page.locator('.line-mark', { hasText: 'held back by administrator' }).waitFor();
    expect((await line.waiter(1)).hold).toMatchObject({ by: 'administrator', reason: 'not before noon' });
    line.finish(0);
    await line.expectLine({ holds: [2], waits: [1] });
    await row(page, 1).focus();
    await page.keyboard.press('h');
    await send(page.getByRole('dialog', { name: line.name(1) }), 'it is noon', 'Let it go');
    await page.locator('.line-mark').waitFor({ state: 'detached' });
    expect((await line.waiter(1)).hold).toBeUndefined();
    await row(page, 1).focus();
    await page.keyboard.press('w');
    const dialog = page.getByRole('dialog', { name: line.name(1) });
    await dialog.getByText(`${line.name(1)} would be canceled.`).waitFor();
    await send(dialog, 'wrong branch', 'Withdraw it');
    await line.expectLine({ holds: [2], waits: [] });
    await page.getByText('withdrawn by administrator: wrong branch').waitFor();
    line.finish(2);
    expect((await place.whenOver(line.runs[1]?.id ?? 0)).stages[0]?.result).toBe('canceled');
  });

  it('are frozen and thawed, and nobody is let in between', async () => {
    const line = await lineOf('cold', 2);
    const { page } = await open(place.at('locks'));
    const article = page.getByRole('article', { name: 'cold' });
    await article.getByRole('button', { name: /^Freeze/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Lock cold' });
    await dialog.getByLabel('Until').selectOption({ label: 'in 4 hours' });
    await send(dialog, 'the audit', 'Freeze');
    await page.goto(pageOf(line));
    await page.locator('.queue-frozen', { hasText: 'the audit' }).waitFor();
    const { freeze } = await line.read();
    expect(freeze).toMatchObject({ by: 'administrator', reason: 'the audit' });
    expect(Date.parse(freeze?.until ?? '') - Date.parse(freeze?.since ?? '')).toBeGreaterThan(
      3.9 * 3_600_000,
    );
    line.finish(0);
    await line.expectLine({ holds: [], waits: [1] });
    await page.getByText('Nobody holds it.').waitFor();
    await page.getByRole('button', { name: 'End the freeze' }).click();
    const thaw = page.getByRole('dialog', { name: 'Lock cold' });
    await thaw.getByText(`${line.name(1)} would start at once.`).waitFor();
    await send(thaw, 'it is over', 'End the freeze');
    await line.expectLine({ holds: [1], waits: [] });
    expect((await line.read()).freeze).toBeUndefined();
    line.finish(1);
  });

  it('are made wider after a look at what would come of it, and get another policy', async () => {
    const line = await lineOf('wide', 3);
    const { page } = await open(pageOf(line));
    await page.getByRole('combobox', { name: 'What if' }).selectOption('capacity');
    await page.getByText(`${line.name(1)} would start at once.`).waitFor();
    expect((await line.read()).policy.capacity, 'asking changes nothing').toBe(1);
    await page.getByRole('link', { name: 'Make it the policy' }).click();
    expect(await page.getByLabel('How many at a time').inputValue()).toBe('2');
    await page.getByRole('button', { name: 'Save the policy' }).click();
    await line.expectLine({ holds: [0, 1], waits: [2] });
    expect((await line.read()).policy).toMatchObject({ capacity: 2, behavior: 'sequential' });
    await page.getByRole('link', { name: 'Policy', exact: true }).click();
    await page.getByLabel('How many at a time').fill('0');
    await page.getByText('Mend what is marked').waitFor();
    expect(await page.getByRole('button', { name: 'Save the policy' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Deploy all in sequence' }).click();
    await page.getByLabel('After a failure').selectOption({ label: 'the lock waits for an acknowledgement' });
    await page.getByText('After a failure the lock stays closed until somebody acknowledges it.').waitFor();
    await page.getByRole('button', { name: 'Save the policy' }).click();
    await expect
      .poll(async () => (await line.read()).policy, PATIENCE)
      .toMatchObject({ capacity: 1, behavior: 'sequential', onFailure: 'hold' });
    await line.expectLine({ holds: [0, 1], waits: [2] });
    line.finishAll();
  });

  it('kept after a failure go on when somebody acknowledges it', async () => {
    const line = await lineOf('kept', 2, { onFailure: 'hold' });
    line.finish(0, 'bad');
    await place.whenOver(line.runs[0]?.id ?? 0);
    const { page } = await open(pageOf(line));
    await page.getByRole('button', { name: /^Act/ }).first().click();
    await send(page.getByRole('dialog', { name: line.name(0) }), 'seen', 'Acknowledge the failure');
    await line.expectLine({ holds: [1], waits: [] });
    line.finish(1);
  });

  it('show what somebody else did, and refuse what has become impossible', async () => {
    const line = await lineOf('two', 3);
    const { page: mine } = await open(pageOf(line));
    const token = await newToken('the other one', 'administrator');
    const { page: theirs } = await open(pageOf(line), { token });
    await row(mine, 1).focus();
    await mine.keyboard.press('Alt+ArrowDown');
    const dialog = mine.getByRole('dialog', { name: line.name(1) });
    await dialog.getByLabel('Reason').fill('later');
    await row(theirs, 1).focus();
    await theirs.keyboard.press('w');
    await send(theirs.getByRole('dialog', { name: line.name(1) }), 'not at all', 'Withdraw it');
    await line.expectLine({ holds: [0], waits: [2] });
    await mine.getByText('withdrawn by the other one: not at all').waitFor();
    await dialog.getByText('It neither holds two nor waits for it any more').waitFor();
    expect(await dialog.getByRole('button', { name: 'Move it' }).count()).toBe(0);
    await line.expectLine({ holds: [0], waits: [2] });
    line.finishAll();
  });

  it('show all to a reader, who can change nothing', async () => {
    const line = await lineOf('seen', 2);
    const { page } = await open(pageOf(line), { as: 'reader' });
    await row(page, 1).waitFor();
    expect(await page.getByRole('button', { name: 'Freeze' }).count()).toBe(0);
    expect(await page.locator('.line-row').first().getAttribute('draggable')).toBe('false');
    await row(page, 1).click();
    await page
      .getByRole('dialog', { name: line.name(1) })
      .getByText('There is nothing that you can do')
      .waitFor();
    await page.goto(pageOf(line, '/policy'));
    await page.getByText('may look at this policy').waitFor();
    expect(await page.getByLabel('How many at a time').isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Save the policy' }).count()).toBe(0);
    line.finishAll();
  });

  it('say so when there is no such lock', async () => {
    const { page } = await open(place.at('locks/99999'));
    await page.getByText('The lock 99999 is not here').waitFor();
  });
});
