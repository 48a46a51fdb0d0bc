import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatDiagnostics, policySchema, policyText, readPolicyFile } from '@signalbox/compiler';
import type { LockWish } from '@signalbox/compiler';
import {
  DEFAULT_LOCK_POLICY,
  LOCK_SETTINGS,
  policyProblems,
  sameSetting,
  SETTING_NAMES,
  type LockPolicy,
} from '@signalbox/model';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

/** One case of `spec/policy`; its README says what the words mean. */
interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  readonly yaml: string;
  readonly locks?: readonly (Partial<Omit<LockWish, 'policy'>> & { readonly policy?: Partial<LockPolicy> })[];
  readonly errors?: readonly string[];
  readonly says?: string;
  readonly schema?: 'accepts';
}

const PATH = 'signalbox.policy.yml';
const folder = fileURLToPath(new URL('../../../spec/policy/', import.meta.url));
const example = fileURLToPath(
  new URL('../../../examples/lock-policies/signalbox.policy.yml', import.meta.url),
);
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.yml'))
  .flatMap((file) =>
    (parse(readFileSync(`${folder}${file}`, 'utf8')) as Case[]).map(
      (one) => [`${file}: ${one.name} (${one.rules.join(', ')})`, one] as const,
    ),
  );

const isAccepted = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(
  policySchema(),
);

describe('spec/policy', () => {
  it.each(cases)('%s', (_, { yaml, locks = [], errors = [], says = '' }) => {
    const result = readPolicyFile(PATH, yaml);
    const diagnostics = result.ok ? [] : result.diagnostics;
    const found = diagnostics.map(({ code, range }) => `${range.line}:${range.column} ${code}`);
    expect(found, formatDiagnostics(diagnostics)).toEqual(errors);
    expect(formatDiagnostics(diagnostics.slice(0, 1))).toContain(says);
    if (!result.ok) return;
    expect(result.locks).toHaveLength(locks.length);
    for (const [index, wanted] of locks.entries()) {
      const policy = { ...DEFAULT_LOCK_POLICY, ...wanted.policy };
      expect(result.locks[index]).toMatchObject({ enabled: true, ...wanted, policy });
    }
  });

  it('shows every setting, each with a value that is not its default, and cites a rule in every case', () => {
    const shown = cases.flatMap(([, { locks = [] }]) =>
      locks.flatMap(({ policy = {} }) =>
        SETTING_NAMES.filter(
          (name) => !sameSetting(name, { ...DEFAULT_LOCK_POLICY, ...policy }, DEFAULT_LOCK_POLICY),
        ),
      ),
    );
    expect(SETTING_NAMES.filter((name) => !shown.includes(name))).toEqual([]);
    for (const [name, { rules }] of cases) expect(rules, name).not.toHaveLength(0);
  });
});

describe('policySchema', () => {
  it('is a valid schema of draft 7', () => {
    expect(new Ajv().validateSchema(policySchema())).toBe(true);
  });

  // What an editor's YAML library cannot read never gets to a schema.
  const readable = cases.filter(([, { yaml }]) => isReadable(yaml));

  it.each(readable)('judges as the reader does: %s', (_, { yaml, errors = [], schema }) => {
    const accepts = errors.length === 0 || schema === 'accepts';
    expect([isAccepted(parse(yaml, { uniqueKeys: false })), isAccepted.errors]).toEqual([
      accepts,
      accepts ? null : expect.anything(),
    ]);
  });

  it('has every setting of the model', () => {
    const { definitions } = policySchema() as { definitions: { lock: { properties: object } } };
    expect(Object.keys(definitions.lock.properties)).toEqual(
      expect.arrayContaining(Object.keys(DEFAULT_LOCK_POLICY)),
    );
  });

  it('accepts the example', () => {
    const text = readFileSync(example, 'utf8');
    expect(readPolicyFile(PATH, text)).toMatchObject({ ok: true });
    expect([isAccepted(parse(text)), isAccepted.errors]).toEqual([true, null]);
  });
});

function isReadable(text: string): boolean {
  try {
    parse(text, { uniqueKeys: false });
    return true;
  } catch {
    return false;
  }
}

/** Any value that a setting of a policy file may have; the others have their defaults. */
const policies: fc.Arbitrary<LockPolicy> = fc
  .record({
    span: fc.constantFrom('stage', 'run', { through: { shop: 'Verify', '1': 'Smoke' } }),
    lanes: fc.constantFrom(
      [],
      [
        { name: '1', branches: ['refs/heads/hotfix/*', 'yes'], headStartMinutes: 60 },
        { name: 'a: #', branches: ['*'], headStartMinutes: 1 },
      ],
    ),
    ...Object.fromEntries(
      LOCK_SETTINGS.map(({ name, values }) => [
        name,
        values.kind === 'words'
          ? fc.constantFrom(...values.words)
          : fc.integer({ min: values.least, max: values.most }),
      ]),
    ),
  })
  .map((settings) => ({ ...DEFAULT_LOCK_POLICY, ...settings }) as LockPolicy);

const names = fc.oneof(
  fc.constantFrom('true', 'null', '12', '#x', '- a', 'a: b', "it's", '"', '%', '~', 'yes', '0x1F', 'é'),
  fc
    .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
    // No file may hold what cannot be printed, and a name that looks like an expression is refused.
    .filter((text) => text.trim() === text && !/^$|\p{C}|\uFFFD|\$[({[]/u.test(text) && text.length <= 128),
);

const stages = fc
  .tuple(
    names.filter((name) => !/[\\/]/.test(name)),
    fc.stringMatching(/^[A-Za-z_]\w{0,20}$/),
  )
  .map(([pipeline, stage]) => ({ kind: 'stage' as const, name: `${pipeline}/${stage}` }));

const wishes: fc.Arbitrary<readonly LockWish[]> = fc.uniqueArray(
  fc.record({
    resource: fc.oneof(
      fc.record({ kind: fc.constantFrom('environment' as const, 'named' as const), name: names }),
      stages,
    ),
    policy: policies,
    enabled: fc.boolean(),
  }),
  { maxLength: 4, selector: ({ resource }) => `${resource.kind}:${resource.name.toLowerCase()}` },
);

describe('policyText', () => {
  it('is read as the locks that it was made of, and its schema accepts it', () => {
    fc.assert(
      fc.property(wishes, (locks) => {
        const sound = locks.filter(({ policy }) => policyProblems(policy).length === 0);
        const text = policyText(sound);
        const result = readPolicyFile(PATH, text);
        expect(
          result.ok
            ? result.locks.map(({ resource, policy, enabled }) => ({ resource, policy, enabled }))
            : result,
          text,
        ).toEqual(sound);
        expect(isAccepted(parse(text)), text).toBe(true);
      }),
    );
  });
});

describe('readPolicyFile', () => {
  it('refuses exactly the policies that the model refuses', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const result = readPolicyFile(PATH, policyText([wish(policy)]));
        expect(result.ok).toBe(policyProblems(policy).length === 0);
      }),
    );
  });

  it('never throws, and never refuses without a reason', () => {
    const pieces = fc.constantFrom(
      ...'locks: |- |  |\n|environment: qa|stage: a/B|capacity: |behavior: |2|sequential|{|}|[|]|\t|"|#|:'.split(
        '|',
      ),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const result = readPolicyFile(PATH, parts.join(''));
        if (!result.ok) expect(result.diagnostics).not.toHaveLength(0);
      }),
      { numRuns: 500 },
    );
  });
});

function wish(policy: LockPolicy): LockWish {
  return { resource: { kind: 'environment', name: 'qa' }, policy, enabled: true };
}
