import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, expandedYaml, explainLine } from '@signalbox/compiler';
import type { CompileRequest, Reason } from '@signalbox/compiler';
import { describe, expect, it } from 'vitest';

const FILES: Readonly<Record<string, string>> = {
  'p.yml': `parameters:
  - { name: regions, type: object, default: [north, south] }
  - { name: word, default: hello }
variables:
  where: \${{ upper(parameters.word) }}
pool: Default
stages:
  - stage: Build
    jobs:
      - template: templates/build.yml
        parameters:
          steps:
            - bash: echo given
            - \${{ if eq(parameters.word, 'hello') }}:
                - script: echo conditional
  - \${{ each region in parameters.regions }}:
      - stage: Deploy_\${{ region }}
        dependsOn: Build
        jobs:
          - deployment: D
            environment: prod
            strategy:
              runOnce:
                deploy:
                  steps:
                    - script: deploy \${{ region }} \${{ parameters.word }}
                      enabled: false
                    - script: check \${{ region }}
`,
  'templates/build.yml': `parameters:
  - { name: steps, type: stepList }
jobs:
  - job: Make
    steps:
      - checkout: none
      - \${{ if true }}:
          - script: make
            displayName: \${{ format('Make {0}', 'it') }}
      - \${{ else }}:
          - script: never
      - \${{ parameters.steps }}
`,
};

function requestOf(files: Readonly<Record<string, string>>): CompileRequest {
  return { files: { read: async (path) => files[path] }, path: 'p.yml' };
}

/** The reasons for the line of the final YAML that holds a text, as \`kind file:line text = value\`. */
async function reasonsFor(files: Readonly<Record<string, string>>, part: string): Promise<readonly string[]> {
  const request = requestOf(files);
  const compiled = await compile(request);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const line =
    expandedYaml(compiled.plan)
      .split('\n')
      .findIndex((one) => one.includes(part)) + 1;
  const result = await explainLine(request, line);
  if (result.kind !== 'explained') throw new Error(result.kind);
  expect(result.explanation.text).toContain(part);
  return result.explanation.reasons.map(shown);
}

function shown({ kind, text, value, range }: Reason): string {
  const said = text === undefined ? '' : ` ${text}`;
  return `${kind} ${range.file}:${range.line}${said}${value === undefined ? '' : ` = ${value}`}`;
}

describe('explainLine', () => {
  it.each([
    ['stage: Build', ['written p.yml:8']],
    ['value: HELLO', ['written p.yml:5', 'expression p.yml:5 upper(parameters.word) = HELLO']],
    ['checkout: none', ['written templates/build.yml:6', 'included p.yml:10']],
    [
      'displayName: Make it',
      [
        'written templates/build.yml:9',
        "expression templates/build.yml:9 format('Make {0}', 'it') = Make it",
        'if templates/build.yml:7 true = True',
        'included p.yml:10',
      ],
    ],
    [
      'script: check south',
      [
        'written p.yml:28',
        'expression p.yml:28 region = south',
        'each p.yml:16 region in parameters.regions = south',
      ],
    ],
    [
      'stage: Deploy_south',
      [
        'written p.yml:17',
        'expression p.yml:17 region = south',
        'each p.yml:16 region in parameters.regions = south',
      ],
    ],
    ['name: Default', ['written p.yml:6']],
  ])('says where %s comes from, from the text outwards', async (part, reasons) => {
    expect(await reasonsFor(FILES, part)).toEqual(reasons);
  });

  it('follows steps that were passed through a parameter to where they were written and inserted', async () => {
    const reasons = await reasonsFor(FILES, 'script: echo conditional');
    expect(reasons.slice(0, 2)).toEqual([
      'written p.yml:15',
      "if p.yml:14 eq(parameters.word, 'hello') = True",
    ]);
    expect(reasons[2]).toMatch(
      /^expression templates\/build\.yml:12 parameters\.steps = \[\{"task":"Bash@3"/,
    );
    expect(reasons[3]).toBe('included p.yml:10');
    expect((await reasonsFor(FILES, 'bash: echo given'))[0]).toBe('written p.yml:13');
  });

  it('says that a line is written nowhere, and what implies it', async () => {
    expect(await reasonsFor({ 'p.yml': 'steps:\n  - script: echo\n' }, 'checkout: self')).toEqual([
      'implied p.yml:1',
    ]);
  });

  it('finds variables of a list and groups by their names', async () => {
    const yaml = 'variables:\n  - group: shared\n  - name: a\n    value: b\nsteps:\n  - script: echo\n';
    expect(await reasonsFor({ 'p.yml': yaml }, 'group: shared')).toEqual(['written p.yml:2']);
    expect(await reasonsFor({ 'p.yml': yaml }, 'value: b')).toEqual(['written p.yml:4']);
  });

  it('knows which line there is not, and gives the mistakes of a file', async () => {
    const request = requestOf(FILES);
    expect(await explainLine(request, 0)).toMatchObject({ kind: 'no-line' });
    expect(await explainLine(request, 9999)).toMatchObject({ kind: 'no-line' });
    expect(await explainLine(requestOf({ 'p.yml': 'x: y\n' }), 1)).toMatchObject({ kind: 'invalid' });
  });
});

const corpus = fileURLToPath(new URL('../../../../shared/corpus/real/', import.meta.url));

describe.skipIf(!existsSync(corpus))(
  'explainLine on real files (skipped where the corpus is not beside)',
  () => {
    it.each([
      'Azure+AppConfiguration-DotnetProvider/azure-pipelines.yml',
      'AArnott+Library.Template/azure-pipelines.yml',
    ])(
      'finds every line of %s in a file that has the line',
      async (root) => {
        const [folder = '', ...path] = root.split('/');
        const read = async (file: string): Promise<string | undefined> => {
          const place = `${corpus}${folder}/${file}`;
          return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
        };
        const request = { files: { read }, path: path.join('/') };
        const compiled = await compile(request);
        // Files may need what is not supported yet.
        if (!compiled.ok) return;
        const lines = expandedYaml(compiled.plan).trimEnd().split('\n').length;
        for (let line = 1; line <= lines; line += Math.ceil(lines / 12)) {
          const result = await explainLine(request, line);
          if (result.kind !== 'explained') throw new Error(`${line}: ${result.kind}`);
          for (const { range } of result.explanation.reasons) {
            const text = (await read(range.file)) ?? '';
            expect(text.split('\n').length).toBeGreaterThanOrEqual(range.line);
          }
        }
      },
      60_000,
    );
  },
);
