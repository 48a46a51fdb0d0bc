import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, diagnosticTable, expandedYaml } from '@signalbox/compiler';
import type { CompileResult } from '@signalbox/compiler';
import type { Plan } from '@signalbox/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = fileURLToPath(new URL('../../../spec/compiler/', import.meta.url));
const seeds = readdirSync(folder)
  .filter((file) => file.endsWith('.yml'))
  .flatMap((file) => parse(readFileSync(`${folder}${file}`, 'utf8')) as { yaml?: string; fill?: unknown }[])
  .flatMap(({ yaml, fill }) => (yaml === undefined || fill !== undefined ? [] : [yaml]));

/** A seed from outside reproduces a failure that fast-check printed. */
const runs = { numRuns: 300, seed: 20_261_121 };

function compiled(text: string): Promise<CompileResult> {
  return compile({ files: { read: async () => text }, path: 'p.yml' });
}

/** The plan without the places in files, which expanding changes. */
function withoutSources(plan: Plan): unknown {
  return JSON.parse(JSON.stringify(plan, (key, value: unknown) => (key === 'source' ? undefined : value)));
}

const fragments = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.stringMatching(/^[-\s:{}[\],'"|>#&*!%@`?a-c\n]{0,40}$/),
  fc.constantFrom(
    '- ',
    ': ',
    '\n',
    '  ',
    "'",
    '"',
    '|\n',
    '[',
    '{',
    '${{ x }}',
    '$[ x ]',
    '$(x)',
    '\t',
    '<<',
    '\0',
  ),
);

const mutated = fc
  .tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(12), fragments)
  .map(([text, at, cut, piece]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + piece + text.slice(start + cut);
  });

describe('compile', () => {
  it('never throws and never refuses without a reason', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fragments, mutated), async (text) => {
        const result = await compiled(text);
        const diagnostics = result.ok ? result.warnings : result.diagnostics;
        expect(result.ok).toBe(!diagnostics.some(({ severity }) => severity === 'error'));
        for (const { code, message, help, range } of diagnostics) {
          expect(Object.hasOwn(diagnosticTable, code)).toBe(true);
          expect(message).not.toBe('');
          expect(help).not.toBe('');
          expect([range.line, range.column, range.endLine].every((one) => one >= 1)).toBe(true);
          expect(range.endLine > range.line || range.endColumn >= range.column).toBe(true);
        }
      }),
      { ...runs, numRuns: 1_500 },
    );
  });

  it('gives plain JSON', async () => {
    for (const text of seeds) {
      const result = await compiled(text);
      if (result.ok) expect(JSON.parse(JSON.stringify(result.plan))).toEqual(result.plan);
    }
  });
});

describe('expandedYaml', () => {
  it.each(seeds.map((text, index) => [index, text] as const))(
    'keeps the plan of spec file %i',
    async (_, text) => {
      const first = await compiled(text);
      if (first.ok) await expectStable(first.plan);
    },
  );

  it('keeps the plan of any pipeline', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(pipelines, async (pipeline) => {
        const first = await compiled(JSON.stringify(pipeline));
        if (first.ok) await expectStable(first.plan);
      }),
      { ...runs, numRuns: 150 },
    );
  });

  it('is made of pipelines that mostly compile', { timeout: 20_000 }, async () => {
    const results = await Promise.all(fc.sample(pipelines, runs).map((one) => compiled(JSON.stringify(one))));
    expect(results.filter(({ ok }) => ok).length).toBeGreaterThan(runs.numRuns / 2);
  });
});

async function expectStable(plan: Plan): Promise<void> {
  const text = expandedYaml(plan);
  const second = await compiled(text);
  expect(second, text).toMatchObject({ ok: true });
  if (second.ok) expect(withoutSources(second.plan), text).toEqual(withoutSources(plan));
  if (second.ok) expect(expandedYaml(second.plan)).toBe(text);
}

// Texts that printers and readers get wrong: line ends, quotes, things that look like other things.
const texts = fc.oneof(
  fc.constantFrom(
    'a',
    '',
    ' ',
    'true',
    '007',
    '~',
    'a: b',
    '- x',
    '# c',
    'a\nb',
    'a\n',
    ' a\n b',
    '\n',
    "it's",
    '"',
    'é€😀',
  ),
  fc.constantFrom(
    '$(x)',
    '$[ x ]',
    '[',
    '{',
    '|',
    '>',
    '@',
    '`',
    '%',
    '&a',
    '*a',
    '!x',
    'a\tb',
    '\ta',
    'a \n b',
    '---',
    '...',
  ),
  fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .filter((text) => !text.includes('${{') && !/\p{C}/u.test(text)),
);
const names = fc.constantFrom('a', 'b', 'C', 'Job1', 'Job2', 'Stage1', 'Stage2', '_x', '', '__default');
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const textMap = fc.dictionary(fc.constantFrom('A', 'b', 'script', '__proto__', 'pwsh', 'a b'), texts, {
  maxKeys: 3,
});
const variables = fc.array(fc.record({ name: fc.constantFrom('x', 'y', 'a.b', 'X'), value: texts }), {
  maxLength: 3,
});

const target = fc.oneof(
  fc.constantFrom<unknown>('host', 'Box', '', {}, '$(where)'),
  fc.record({
    container: optional(fc.constantFrom('box', 'HOST')),
    commands: optional(fc.constantFrom('any', 'restricted')),
    settableVariables: optional(fc.constantFrom<unknown>('none', ['a', 'b'], [], '')),
  }),
);
const container = fc.oneof(
  fc.constantFrom<unknown>(
    'box',
    'alpine:3',
    '$[ variables.c ]',
    '$(c)',
    '',
    { alias: 'BOX' },
    { alias: 'a:b' },
  ),
  fc.record({
    image: fc.constantFrom('box', '$[ x', 'a b', '$(i)'),
    env: optional(textMap),
    options: optional(texts),
    ports: optional(fc.array(texts, { maxLength: 2 })),
    mapDockerSocket: optional(fc.boolean()),
    mountReadOnly: optional(fc.record({ work: fc.boolean() })),
  }),
);
const services = fc.dictionary(
  fc.constantFrom('db', '7', '__proto__'),
  fc.constantFrom<unknown>('box', '$(s)', '', { image: 'redis' }),
);
const matrix = fc.oneof(
  fc.constantFrom<unknown>('$[ variables.legs ]', '$(legs)', '', {}),
  fc.dictionary(fc.constantFrom('a', '.NET 8', '7', 'b_1', 'a b', '__proto__'), textMap, { maxKeys: 3 }),
);
const jobStrategy = fc.oneof(
  fc.record({
    matrix,
    maxParallel: optional(fc.constantFrom<unknown>(2, 0, -1, '$(m)', '$[ variables.m ]')),
  }),
  fc.record({ parallel: fc.constantFrom<unknown>(1, 5, '$(n)', '') }),
);

const step = fc
  .tuple(
    fc.oneof(
      fc.record({ script: texts, workingDirectory: optional(texts) }),
      fc.record({ bash: texts, failOnStderr: optional(texts) }),
      fc.record({ pwsh: texts }),
      fc.record({ powershell: texts, errorActionPreference: optional(texts) }),
      fc.record({ checkout: fc.constantFrom('self', 'none'), path: optional(texts) }),
      fc.record({ publish: texts, artifact: optional(texts) }),
      fc.record({ upload: texts }),
      fc.record({ download: fc.constantFrom('current', 'none') }),
      fc.record({ downloadBuild: texts, path: optional(texts), inputs: optional(textMap) }),
      fc.record({ getPackage: texts, path: optional(texts) }),
      fc.record({
        task: fc.constantFrom('CmdLine@2', 'PowerShell@2', 'Bash@3', 'a.b.Own@1'),
        inputs: textMap,
      }),
    ),
    fc.record({
      name: optional(fc.constantFrom('s1', 's2', 'CmdLine', 'CmdLine1', 'Bash', 'Checkout')),
      displayName: optional(texts),
      condition: optional(fc.constantFrom('always()', "eq(variables.a, 'b')")),
      env: optional(textMap),
      target: optional(target),
      timeoutInMinutes: optional(fc.nat(9)),
      continueOnError: optional(fc.boolean()),
    }),
  )
  .map(([kind, common]) => ({ ...kind, ...common }));
const steps = fc
  .array(step, { maxLength: 4 })
  .map((list) =>
    list.filter(({ name }, at) => name === undefined || list.findIndex((one) => one.name === name) === at),
  );
const serverSteps = fc.constantFrom<unknown[]>(
  [],
  [{ task: 'Delay@1' }],
  [{ task: 'Delay@1' }, { task: 'Own@2' }],
);

const pool = fc.oneof(
  fc.constantFrom('Own', '$(pool)', '$[ variables.pool ]'),
  fc.record({
    name: optional(fc.constantFrom('server', 'P')),
    demands: fc.constantFrom('pwsh', ['a', 'b -equals c d']),
  }),
);
const hooks = {
  deploy: fc.record({ steps, pool: optional(pool) }),
  postRouteTraffic: optional(fc.record({ pool: fc.constant('server'), steps: serverSteps })),
  on: optional(fc.record({ failure: fc.record({ steps }) })),
};
const job = fc
  .tuple(
    fc.oneof(
      fc.record({ job: names, strategy: optional(jobStrategy), steps }),
      fc.record({
        deployment: names,
        environment: fc.constantFrom<unknown>(
          'e',
          'e.r',
          { name: 'e.r' },
          { name: 'e', resourceId: 3, resourceType: 'kubernetes', tags: 'a, b' },
          { name: 'e', tags: ['a,b', ' c'] },
        ),
        strategy: fc.oneof(
          fc.record({ runOnce: fc.record(hooks) }),
          fc.record({
            rolling: fc.record({
              maxParallel: optional(fc.constantFrom<unknown>(2, '25%', '$(m)', '')),
              ...hooks,
            }),
          }),
          fc.record({
            canary: fc.record({ increments: optional(fc.constant([10, '$(i)'])), ...hooks }),
          }),
        ),
      }),
    ),
    fc.record({
      displayName: optional(texts),
      pool: optional(pool),
      timeoutInMinutes: optional(fc.constantFrom<unknown>(0, 60, '$(m)', '$[ variables.m ]')),
      continueOnError: optional(fc.constantFrom<unknown>(true, false, '$(m)')),
      variables: optional(variables),
      workspace: optional(fc.constant({ clean: 'all' })),
      container: optional(container),
      services: optional(services),
      uses: optional(fc.constantFrom<unknown>({ repositories: ['self'] }, { pools: 'p' }, {})),
    }),
  )
  .map(([kind, common]) => ({ ...kind, ...common }));
const serverJob = fc.record({ job: names, pool: fc.constant('server'), steps: serverSteps });
const stage = fc.record({
  stage: names,
  displayName: optional(texts),
  group: optional(texts),
  lockBehavior: optional(fc.constantFrom('sequential', 'runLatest')),
  trigger: optional(fc.constantFrom('manual', 'automatic')),
  isSkippable: optional(fc.boolean()),
  variables: optional(variables),
  pool: optional(pool),
  jobs: fc.uniqueArray(fc.oneof({ arbitrary: job, weight: 5 }, serverJob), {
    minLength: 1,
    maxLength: 3,
    selector: (one) => ('job' in one ? one.job : one.deployment).toLowerCase(),
  }),
});
const pipelines = fc.record({
  name: optional(fc.constantFrom('$(Rev:r)', 'x')),
  lockBehavior: optional(fc.constantFrom('sequential', 'runLatest')),
  pool: optional(pool),
  variables: optional(variables),
  resources: fc.constant({ containers: [{ container: 'box', image: 'alpine:3' }] }),
  stages: fc.uniqueArray(stage, { minLength: 1, maxLength: 4, selector: (one) => one.stage.toLowerCase() }),
});
