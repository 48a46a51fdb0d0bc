import { compile, expandedYaml, formatDiagnostics } from '@signalbox/compiler';
import type { CompileResult } from '@signalbox/compiler';
import type { Plan } from '@signalbox/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

type Json = string | readonly Json[] | { readonly [key: string]: Json };

/** A seed from outside reproduces a failure that fast-check printed. */
const runs = { numRuns: 250, seed: 20_261_122 };

// Texts that printers and readers get wrong.
const text = fc.oneof(
  fc.constantFrom(
    'a',
    '',
    'true',
    'none',
    '007',
    '~',
    'a: b',
    '- x',
    '# c',
    "it's",
    '"',
    '*',
    '@x',
    '!t',
    '%',
  ),
  fc.constantFrom('$(x)', '${{', 'a${{b}}c', "x ${{ 'y", 'null', '[a]', '{a}', 'v1.*', 'a\nb', ' a ', 'é😀'),
  fc.string({ maxLength: 8 }),
);
const some = text.filter((one) => one !== '');
const texts = fc.array(some, { maxLength: 3 });
const alias = fc.stringMatching(/^[-_A-Za-z0-9]{1,4}$/);
const word = fc.constantFrom('true', 'false', 'Yes', 'off');
const onOff = fc.constantFrom('none', 'true');
const filter = fc.oneof(texts, maybe({ include: texts, exclude: texts }));
const trigger = fc.oneof(
  fc.constant('none'),
  texts,
  maybe({ batch: word, branches: filter, paths: filter, tags: filter, enabled: word }),
);
const pr = fc.oneof(
  fc.constant('none'),
  texts,
  maybe({ autoCancel: word, drafts: word, branches: filter, paths: filter, enabled: word }),
);
const cron = fc.constantFrom('0 0 * * *', ' */5 1-2 * Jan Sun ');
const completion = fc.oneof(onOff, maybe({ branches: filter, stages: texts, tags: texts, enabled: word }));
const images = fc.oneof(onOff, maybe({ enabled: word, tags: filter }));
const filters = fc.array(fc.record({ path: some, value: some }), { maxLength: 2 });

const resources = maybe({
  repositories: declared('repository', { name: some }, { ref: text, endpoint: text, trigger }),
  pipelines: declared(
    'pipeline',
    { source: some },
    { project: text, version: text, branch: text, tags: texts, trigger: completion },
  ),
  containers: declared(
    'container',
    { image: some },
    {
      endpoint: text,
      env: fc.dictionary(alias, text, { maxKeys: 2 }),
      options: text,
      ports: texts,
      volumes: texts,
      mapDockerSocket: word,
      mountReadOnly: maybe({ work: word, tasks: word }),
      localImage: word,
      type: text,
      registry: text,
      repository: text,
      trigger: images,
    },
  ),
  builds: declared(
    'build',
    { type: some, connection: some, source: some },
    { version: text, branch: text, trigger: onOff },
  ),
  packages: declared(
    'package',
    { type: some, connection: some, name: some },
    { version: text, tag: text, trigger: onOff },
  ),
  webhooks: declared('webhook', { connection: some }, { type: text, filters }),
});

const pipelines = maybe({
  name: some.filter((one) => !one.includes('$(')),
  appendCommitMessageToRunName: word,
  trigger,
  pr,
  schedules: fc.array(keyed({ cron }, { displayName: text, branches: filter, batch: word, always: word }), {
    maxLength: 2,
  }),
  resources,
  variables: fc.array(
    fc.oneof(
      fc.record({ group: some.filter((one) => one.trim() !== '') }),
      fc.record({ name: alias, value: text }),
    ),
    { maxLength: 4 },
  ),
});

type Arbitraries = Readonly<Record<string, fc.Arbitrary<Json>>>;

/** A mapping with some of these keys. */
function maybe(keys: Arbitraries): fc.Arbitrary<Json> {
  return keyed({}, keys);
}

/** A mapping with the first keys and some of the others. */
function keyed(first: Arbitraries, others: Arbitraries): fc.Arbitrary<Json> {
  return fc.record({ ...first, ...others }, { requiredKeys: Object.keys(first) }) as fc.Arbitrary<Json>;
}

/** A list of resources of one kind with different aliases. */
function declared(key: string, first: Arbitraries, others: Arbitraries): fc.Arbitrary<Json> {
  return fc.uniqueArray(keyed({ [key]: alias, ...first }, others), {
    maxLength: 3,
    selector: (one) => (one as Readonly<Record<string, string>>)[key]?.toLowerCase(),
  });
}

/** The same with `${{` as a lone string literal, which may stand anywhere (REC-39). */
function literal(value: Json): Json {
  if (typeof value === 'string') {
    return value.includes('${{') ? `\${{ '${value.replaceAll("'", "''")}' }}` : value;
  }
  if (Array.isArray(value)) return value.map(literal);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, literal(one)]));
}

function compiled(yaml: string): Promise<CompileResult> {
  return compile({ files: { read: async () => yaml }, path: 'p.yml' });
}

async function planOf(yaml: string): Promise<Plan> {
  const result = await compiled(yaml);
  if (!result.ok) throw new Error(`${yaml}\n${formatDiagnostics(result.diagnostics)}`);
  return result.plan;
}

/** The plan without the places in files, which expanding changes. */
function withoutSources(plan: Plan): unknown {
  return JSON.parse(JSON.stringify(plan, (key, value: unknown) => (key === 'source' ? undefined : value)));
}

describe('expandedYaml', () => {
  it(
    'keeps triggers, resources and variable groups of any pipeline (REC-160)',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(pipelines, async (pipeline) => {
          const root = literal(pipeline) as Readonly<Record<string, Json>>;
          const plan = await planOf(JSON.stringify({ ...root, steps: [] }));
          const yaml = expandedYaml(plan);
          const again = await planOf(yaml);
          expect(withoutSources(again), yaml).toEqual(withoutSources(plan));
          expect(expandedYaml(again)).toBe(yaml);
        }),
        runs,
      );
    },
  );
});
