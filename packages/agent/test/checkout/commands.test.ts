import type { JobRepository, JobStep } from '@signalbox/api';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { systemClock } from '../../src/clock.ts';
import { FETCH_PAUSES_MS } from '../../src/limits.ts';
import { openScene } from '../support/scene.ts';
import { StandIn, type Answer, type Call } from '../support/stand-in.ts';

/** A case of `spec/agent/checkout.yml`; README.md there explains it. */
interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly step?: Partial<JobStep>;
  readonly repository?: Partial<JobRepository>;
  /** Nothing is in the folder yet. */
  readonly new?: true;
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly runs: readonly string[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly result?: string;
  readonly says?: string;
}

const file = fileURLToPath(new URL('../../../../spec/agent/checkout.yml', import.meta.url));
const CASES = parse(readFileSync(file, 'utf8')) as readonly Case[];
const SHA = '0123456789abcdef0123456789abcdef01234567';
const REPOSITORY: JobRepository = {
  alias: 'self',
  name: 'shop',
  url: 'https://host.example/shop.git',
  ref: 'refs/heads/main',
  commit: SHA,
};

/** The agent's pauses between fetches pass at once. */
const clock = {
  ...systemClock,
  sleep: (ms: number, signal?: AbortSignal) =>
    systemClock.sleep(FETCH_PAUSES_MS.includes(ms) ? 0 : ms, signal),
};

/** Questions and the agent's own settings; every case would have them. */
function shown(call: Call): string | undefined {
  const line = call.args.slice(4).join(' ');
  return /^(?:config --get|rev-parse|cat-file)/.test(line) ? undefined : line;
}

/** One agent for all cases, each of which is a pipeline of its own. */
const folder = mkdtempSync(join(tmpdir(), 'signalbox-checkout-'));
let git: StandIn;
let opened: Awaited<ReturnType<typeof openScene>>;

beforeAll(async () => {
  git = new StandIn(folder, 'git');
  writeFileSync(join(git.folder, 'git-lfs'), '', { mode: 0o755 });
  const environment = { PATH: `${git.folder}:/usr/bin:/bin` };
  opened = await openScene(join(folder, 'work'), { agent: { clock, environment } });
});

afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('spec/agent/checkout.yml: what git is called with', () => {
  it.each(CASES.map((one, index) => [`${one.name} (${one.rules.join(', ')})`, one, index + 1] as const))(
    '%s',
    async (_, one, number) => {
      const { server, workFolder } = opened;
      // The folder of an earlier run, unless the case begins with a new one.
      if (one.new !== true) mkdirSync(join(workFolder, String(number), 's', '.git'), { recursive: true });
      git.answer({ ...one.answers, 'config --get remote.origin.url': origin(one) });
      const step = {
        name: 'get',
        task: { name: 'Checkout', version: '1' },
        inputs: { repository: 'self', ...one.inputs },
        ...one.step,
      };
      const job = server.enqueue([step], {
        definition: { id: number, name: 'd' },
        repository: { ...REPOSITORY, ...one.repository },
      });
      await job.finished;
      const calls = git.calls();
      const runs = calls.flatMap((call) => shown(call) ?? []).map((line) => line.replaceAll(SHA, '<sha>'));
      expect(runs.filter((line) => isShown(line, one))).toEqual(one.runs);
      expect(job.results()['get']).toBe(one.result ?? 'succeeded');
      if (one.says !== undefined) expect(job.step('get')?.issues.at(-1)?.message).toContain(one.says);
      expectEnvironment(calls, one.environment ?? {});
      expect(job.everything()).not.toMatch(/sword|fish|OnRva2Vu/);
      expect(JSON.stringify(calls.map(({ args }) => args))).not.toMatch(/sword|OnRva2Vu/);
    },
  );
});

/** That a kept password is taken away before each checkout is of interest to one case only. */
function isShown(line: string, { inputs }: Case): boolean {
  return inputs?.['persistCredentials'] === 'true' || !line.startsWith('config --unset-all include.path');
}

function origin({ answers, repository }: Case): Answer {
  const given = answers?.['config --get remote.origin.url'];
  return given ?? (repository?.url ?? REPOSITORY.url).replace(/\/\/[^/@]*@/, '//');
}

function expectEnvironment(calls: readonly Call[], wanted: Readonly<Record<string, string | null>>): void {
  for (const [name, value] of Object.entries(wanted)) {
    const seen = new Set(calls.map(({ environment }) => environment[name]));
    if (value === null) expect(seen).toEqual(new Set([undefined]));
    else expect([...seen]).toContain(value);
  }
}
