import type { JobSpecification, JobStep } from '@signalbox/api';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { systemClock } from '../../src/clock.ts';
import { FETCH_PAUSES_MS, HEALTH_PAUSES_MS } from '../../src/limits.ts';
import { script, type FakeJob } from '../support/fake-server.ts';
import { eventually, openScene, scene } from '../support/scene.ts';
import { StandIn, type Answer } from '../support/stand-in.ts';

/** A case of `spec/agent/containers.yml`; README.md there explains it. */
interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  readonly job: Pick<JobSpecification, 'container' | 'containers' | 'services'>;
  readonly steps: readonly (Pick<JobStep, 'condition' | 'target'> & {
    readonly script: string;
    readonly env?: Readonly<Record<string, string>>;
  })[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly only?: string;
  readonly runs?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly log?: string;
  readonly results?: Readonly<Record<string, string>>;
  readonly says?: string;
}

const file = fileURLToPath(new URL('../../../../spec/agent/containers.yml', import.meta.url));
const CASES = parse(readFileSync(file, 'utf8')) as readonly Case[];

/** What a container would do with `exec`: here the command runs on this machine, with the environment of the file. */
const EXECUTE = `shift
while :; do case $1 in
  --workdir) cd "$2"; shift 2;;
  --env-file) while IFS= read -r line; do export "$line"; done < "$2"; shift 2;;
  --env|--user) shift 2;;
  *) break;;
esac; done
shift
exec "$@"`;

/** Time for the clean-up of a cancelled job; no wait inside of it is as long as one of `PAUSES`. */
const CANCEL_BUDGET_MS = 40_000;

/** The agent's pauses pass at once. */
const PAUSES = new Set([...FETCH_PAUSES_MS, ...HEALTH_PAUSES_MS]);
const clock = {
  ...systemClock,
  sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(PAUSES.has(ms) ? 0 : ms, signal),
};

const folder = mkdtempSync(join(tmpdir(), 'signalbox-containers-'));
let docker: StandIn;
let opened: Awaited<ReturnType<typeof openScene>>;

beforeAll(async () => {
  docker = new StandIn(folder, 'docker');
  opened = await openScene(join(folder, 'work'), {
    // Nothing here ignores the first signal, and the machine may be busy.
    agent: {
      clock,
      stopTimings: { interruptMs: 20_000, terminateMs: 300 },
      environment: { PATH: `${docker.folder}:/usr/bin:/bin` },
    },
  });
});

afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The usual answers after those of the case. */
function answer(answers: Case['answers'] = {}): void {
  docker.answer({
    ...answers,
    'network create': '',
    'exec --': { run: EXECUTE },
    'exec id': { run: EXECUTE },
    'create --label signalbox.agent': {
      run: `n=$(cat '${folder}/ids' 2>/dev/null || echo 0); n=$((n + 1)); echo $n > '${folder}/ids'; echo "id-$n"`,
    },
    'range .Config.Env': 'PATH=/usr/bin:/bin\nX=y',
  });
  rmSync(join(folder, 'ids'), { force: true });
}

/** Without what differs from run to run and from machine to machine. */
function plain(text: string): string {
  return text
    .replaceAll(process.execPath, '<node>')
    .replaceAll(/signalbox_[\da-f-]{36}/g, '<network>')
    .replaceAll(/signalbox\.agent=[\da-f]{16}/g, 'signalbox.agent=<agent>')
    .replaceAll(/ --user \d+:\d+/g, '')
    .replaceAll(/\S*\/_temp\/(?:registry-)?[\da-f-]{36}(?:\.\w+)?/g, '<file>')
    .replaceAll(opened.workFolder, '<work>');
}

function enqueue({ job, steps, variables = {}, secrets = {} }: Case, server = opened.server): FakeJob {
  const all = [
    ...Object.entries(variables).map(([name, value]) => ({ name, value, secret: false, readonly: false })),
    ...Object.entries(secrets).map(([name, value]) => ({ name, value, secret: true, readonly: false })),
  ];
  const listed = steps.map(({ script: text, ...more }, index) => script(`step${index}`, text, more));
  return server.enqueue(listed, { ...job, variables: all });
}

describe('spec/agent/containers.yml: what docker is called with', () => {
  it.each(CASES.map((one) => [`${one.name} (${one.rules.join(', ')})`, one] as const))(
    '%s',
    async (_, one) => {
      answer(one.answers);
      const job = enqueue(one);
      const { result } = await job.finished;
      const calls = docker.calls();
      const runs = calls.map(({ args }) => plain(args.join(' ')));
      const { only = '' } = one;
      if (one.runs !== undefined) expect(runs.filter((line) => line.startsWith(only))).toEqual(one.runs);
      if (one.results !== undefined) expect(job.results()).toMatchObject(one.results);
      else expect(result).toBe('succeeded');
      if (one.log !== undefined) expect(plain(job.text('step0'))).toContain(one.log);
      if (one.says !== undefined) expect(job.everything()).toContain(JSON.stringify(one.says).slice(1, -1));
      for (const [name, value] of Object.entries(one.environment ?? {})) {
        expect(calls.map(({ environment }) => environment[name])).toContain(value);
      }
      expect(JSON.stringify(calls.map(({ args }) => args))).not.toContain('swordfish');
      expect(job.everything()).not.toContain('swordfish');
    },
  );
});

describe('a job with containers', () => {
  it('is stopped inside of its container, and leaves none behind (CANCEL-7, CONT-4)', async () => {
    answer();
    const [first] = CASES;
    if (first === undefined) throw new Error('there is no case');
    const job = enqueue({
      ...first,
      steps: [
        // In the foreground: a signal that comes just before a `wait` is seen only after it.
        { script: 'trap "exit 0" INT; echo ready; while :; do sleep 0.05; done' },
      ],
    });
    await eventually('the step runs', () => job.text('step0').includes('\nready'));
    opened.server.cancel(job, CANCEL_BUDGET_MS);
    expect((await job.finished).result).toBe('canceled');
    const runs = docker.calls().map(({ args }) => args.join(' '));
    expect(runs.some((line) => /^exec --user 0 id-1 sh -c kill .* \d+ INT$/.test(line))).toBe(true);
    expect(runs).toContain('rm --force --volumes id-1');
  });

  it('fails before its steps where no engine answered, with a reason (STEP-6)', async () => {
    const { server } = await scene({ agent: { environment: { PATH: '/usr/bin:/bin' } } });
    const [first] = CASES;
    if (first === undefined) throw new Error('there is no case');
    const job = enqueue({ ...first, steps: [{ script: 'true', condition: 'always()' }] }, server);
    expect((await job.finished).result).toBe('failed');
    expect(job.results()).toEqual({
      initialize: 'succeeded',
      initializeContainers: 'failed',
      finalize: 'succeeded',
    });
    expect(job.text('initializeContainers')).toContain('neither "docker info" nor "podman info" answered');
  });

  it('shows which engine there is (AGENT-3)', () => {
    expect(opened.agent.capabilities).toMatchObject({
      'Agent.ContainerEngine': 'docker',
      docker: join(docker.folder, 'docker'),
    });
  });
});
