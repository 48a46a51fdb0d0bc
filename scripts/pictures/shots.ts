import type { Page } from 'playwright-core';
import type { World } from './world.ts';

/** A page that is pictured. */
export interface Shot {
  /** The name of its picture, without `.png`. */
  readonly name: string;
  /** Below the project. */
  readonly path: string;
  /** What is done before the picture is taken, for example opening a dialog. */
  readonly act?: (page: Page) => Promise<void>;
}

/** Every page, and what can be opened on it, in the order of the navigation. */
export function shotsOf(world: World): readonly Shot[] {
  const { pipeline, done, holding, waiting, failed, lock, environment, group, subscription } = world;
  return [
    // First, while the holder is not late.
    { name: 'lock', path: `locks/${lock}` },
    { name: 'home', path: '' },
    { name: 'pipelines', path: 'pipelines' },
    { name: 'pipeline', path: `pipelines/${pipeline}` },
    { name: 'queue-a-run', path: `pipelines/${pipeline}/queue` },
    { name: 'runs', path: 'runs' },
    { name: 'run', path: `runs/${holding}` },
    { name: 'run-waiting', path: `runs/${waiting}` },
    { name: 'run-failed', path: `runs/${failed}` },
    { name: 'timeline', path: `runs/${done}/timeline` },
    { name: 'results', path: `runs/${done}/results` },
    { name: 'yaml', path: `runs/${done}/yaml` },
    { name: 'locks', path: 'locks' },
    { name: 'policy', path: `locks/${lock}/policy` },
    { name: 'approvals', path: 'approvals' },
    { name: 'environments', path: 'environments' },
    { name: 'environment', path: `environments/${environment}` },
    { name: 'board', path: 'board' },
    { name: 'pools', path: 'pools' },
    { name: 'pool', path: 'pools/1' },
    { name: 'library', path: 'library' },
    { name: 'variable-group', path: `library/groups/${group}` },
    { name: 'triggers', path: 'triggers' },
    { name: 'trigger', path: `triggers/${pipeline}` },
    { name: 'notifications', path: 'notifications' },
    { name: 'notification', path: `notifications/${subscription}` },
    { name: 'people', path: 'people' },
    { name: 'audit', path: 'audit' },
    { name: 'settings', path: 'settings' },
    { name: 'help', path: '', act: (page) => page.keyboard.press('?') },
  ];
}

/** The way from a repository to its first run, each step after the one before. */
export const WIZARD: readonly {
  readonly name: string;
  readonly go: (page: Page, folder: string) => Promise<void>;
}[] = [
  { name: 'start-project', go: () => Promise.resolve() },
  {
    name: 'start-repository',
    async go(page, folder) {
      await page.getByLabel('Name of the project').fill('Web shop');
      await page.getByRole('button', { name: 'Make the project' }).click();
      await page.getByLabel('Repository').fill(folder);
    },
  },
  {
    name: 'start-file',
    async go(page) {
      await page.getByRole('button', { name: 'Find its pipelines' }).click();
      await page.getByLabel('Path of the file').waitFor();
    },
  },
  {
    name: 'start-mistake',
    async go(page) {
      await page.getByLabel('ci/release.yml').check();
      await page.getByRole('button', { name: 'See what it does' }).click();
      await page.getByRole('heading', { name: 'The file is not right yet' }).waitFor();
    },
  },
  {
    name: 'start-graph',
    async go(page) {
      await page.getByRole('button', { name: 'Back' }).click();
      await page.getByLabel('azure-pipelines.yml').check();
      await page.getByRole('button', { name: 'See what it does' }).click();
      await page.getByRole('heading', { name: 'What it does' }).waitFor();
    },
  },
  {
    name: 'start-queue',
    async go(page) {
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByLabel('Name of the pipeline').waitFor();
    },
  },
];
