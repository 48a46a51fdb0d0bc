import { createClient, type RunView, type StepView } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { chosenSteps } from '../src/output/chosen-steps.ts';
import type { Context } from '../src/context.ts';
import { LogPrinter } from '../src/output/log-printer.ts';
import { resultLines } from '../src/output/results-text.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';

const step = (order: number, name: string, more: Partial<StepView> = {}): StepView => ({
  order,
  name,
  displayName: name,
  state: 'completed',
  result: 'succeeded',
  startTime: '2026-01-02T03:04:00Z',
  log: order,
  issues: [],
  ...more,
});

const job = (name: string, steps: readonly StepView[]) =>
  ({ name, displayName: `Job ${name}`, attempt: 1, state: 'completed', steps }) as const;

const RUN = {
  stages: [
    {
      name: 'Build',
      displayName: 'Build it',
      jobs: [job('a', [step(1, 'get'), step(2, 'make', { result: 'failed' })]), job('b', [step(3, 'get')])],
    },
    { name: 'Ship', displayName: 'Ship', jobs: [job('a', [step(4, 'send'), withoutLog()])] },
  ],
} as unknown as RunView;

function withoutLog(): StepView {
  const { log: _, ...rest } = step(5, 'quiet');
  return rest;
}

describe('chosenSteps', () => {
  it.each([
    [{}, [1, 2, 3, 4]],
    [{ stage: 'build IT' }, [1, 2, 3]],
    [{ stage: 'Build', job: 'B' }, [3]],
    [{ job: 'Job a' }, [1, 2, 4]],
    [{ step: 'GET' }, [1, 3]],
    [{ failed: true }, [2]],
    [{ step: 'nowhere' }, []],
  ] as const)('of %j', (choice, logs) => {
    expect(chosenSteps(RUN, choice).map(({ log }) => log)).toEqual(logs);
  });
});

describe('LogPrinter', () => {
  it('prints each line once, page by page, with a heading where another step goes on', async () => {
    const logs: Record<number, string[]> = { 1: Array.from({ length: 4100 }, (_, at) => `one ${at}`), 2: [] };
    const asked: string[] = [];
    const fetch = async (url: string): Promise<Response> => {
      asked.push(url);
      const [, log = '', start = '', end = ''] = /logs\/(\d+)\?startLine=(\d+)&endLine=(\d+)/.exec(url) ?? [];
      const lines = (logs[Number(log)] ?? []).slice(Number(start) - 1, Number(end));
      return new Response(lines.map((line) => `${line}\n`).join(''));
    };
    const terminal = recordingTerminal();
    const server = { baseUrl: 'http://box.example/default', fetch };
    const client = createClient(server);
    const context: Context = {
      terminal,
      format: () => 'table',
      client: () => client,
      server: () => server,
      now: () => 0,
    };
    const printer = new LogPrinter(context, 'Demo', 7);
    const [one, two] = [
      { log: 1, title: 'A / a / one' },
      { log: 2, title: 'A / a / two' },
    ];
    await printer.print(one);
    await printer.print(two);
    logs[1]?.push('one more');
    await printer.print(one);
    expect(asked).toHaveLength(5);
    expect(terminal.printed().split('\n')).toEqual([...(logs[1] ?? []), '']);
    expect(terminal.said()).toBe('== A / a / one (log 1)\n== A / a / two (log 2)\n== A / a / one (log 1)\n');
  });
});

describe('resultLines', () => {
  it('counts tests, names the first that failed, and tells coverage and files', () => {
    const failed = { testRun: 1, name: 't', storage: 'C', message: 'no\nmore' };
    const lines = resultLines({
      timeline: 't',
      tests: [{ id: 1, title: 'Unit', passed: 3, failed: 12, notExecuted: 1, durationMs: 5 }],
      failedTests: Array.from({ length: 12 }, () => failed),
      coverage: [{ label: 'Lines', covered: 2, total: 3 }],
      attachments: [{ type: 'DistributedTask.Core.Summary', name: 'a.md', size: 4, record: 'r' }],
    });
    expect(lines[0]).toBe('  tests     Unit: 3 passed, 12 failed, 1 not executed');
    expect(lines[1]).toBe('            failed: C.t (no)');
    expect(lines.slice(11)).toEqual([
      '            and 2 more',
      '  coverage  Lines: 66.6 % (2 of 3)',
      '  attached  a.md (summary, 4 bytes)',
    ]);
  });
});

describe('signalbox logs', () => {
  it('refuses to follow a search', async () => {
    const terminal = recordingTerminal();
    const args = ['logs', '7', '--project', 'Demo', '--follow', '--search', 'x'];
    expect(await runProgram(args, terminal)).toBe(EXIT.usage);
    expect(terminal.said()).toContain('--follow or --search');
  });
});
