import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';

const GOOD = 'pool: Default\nsteps:\n  - script: echo\n';

/** A folder with files, and the command with its working folder in none of them. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-validate-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function signalbox(args: readonly string[], { interactive = false, input = '' } = {}): Promise<Ended> {
  const terminal = recordingTerminal(interactive, input);
  const code = await runProgram(args, terminal);
  return { code, out: terminal.printed(), err: terminal.said() };
}

const REPOSITORY = {
  'azure-pipelines.yml': `extends:\n  template: templates/base.yml\n`,
  'ci/broken.yml': 'jobs:\n  - job: A\n    dependsOn: B\n    stepz: []\n',
  'ci/uses.yml': `steps:\n  - template: /templates/steps.yml\n`,
  'ci/compose.yml': 'services:\n  web: {}\n',
  'templates/unused.yml': 'parameters:\n  - name: x\nsteps:\n  - script: echo ${{ parameters.x }}\n',
  'templates/base.yml':
    'stages:\n  - stage: A\n    jobs:\n      - job: J\n        steps:\n          - template: steps.yml\n',
  'templates/steps.yml':
    'steps:\n  - script: echo\n    naem: x\n  - ${{ if false }}:\n      - template: unused.yml\n',
};

describe('signalbox validate', () => {
  it('takes folders: every pipeline below them, templates where they are included, mistakes but once', async () => {
    const folder = folderOf(REPOSITORY);
    const result = await signalbox(['validate', folder, '--root', folder]);
    expect(result.code).toBe(EXIT.failed);
    expect(result.out.match(/templates\/steps\.yml\(3,5\): error unexpected-key/g)).toHaveLength(1);
    expect(result.out).toMatch(/included from .*\(2,5\)|included from/);
    expect(result.out).toMatch(/ci\/broken\.yml\(4,5\): error unexpected-key/);
    expect(result.err).toMatch(
      /^3 pipelines: 0 valid, 3 not valid · \d+ errors, 0 warnings · 3 templates left/,
    );
  });

  it('expands patterns itself, and says when nothing fits', async () => {
    const folder = folderOf({
      'a.yml': GOOD,
      'deep/er/b.yaml': GOOD,
      'node_modules/x/c.yml': GOOD,
      'd.json': '{}',
    });
    const all = await signalbox(['validate', `${folder}/**/*.{yml,yaml}`]);
    expect(all).toMatchObject({ code: EXIT.ok, out: '' });
    expect(all.err).toBe('2 pipelines: 2 valid, 0 not valid · 0 errors, 0 warnings.\n');
    const none = await signalbox(['validate', `${folder}/*.nothing`]);
    expect(none).toMatchObject({ code: EXIT.notFound, out: '' });
    expect(none.err).toMatch(/^No pipeline file fits /);
    expect(await signalbox(['validate', join(folder, 'missing.yml')])).toMatchObject({ code: EXIT.notFound });
    expect((await signalbox(['validate', folderOf({ 'x.yml': 'a: b\n' })])).err).toMatch(
      /none has stages, jobs/,
    );
  });

  it('reads the standard input for -', async () => {
    const good = await signalbox(['validate', '-'], { input: GOOD });
    expect(good).toMatchObject({ code: EXIT.ok, err: 'stdin is valid: 1 stage, 1 job.\n' });
    const bad = await signalbox(['validate', '-'], { input: 'stepz: []\n' });
    expect(bad.code).toBe(EXIT.failed);
    expect(bad.out).toMatch(/stdin\(1,1\): error unexpected-key/);
  });

  it('shows how far it is on a terminal only', async () => {
    const folder = folderOf({ 'a.yml': GOOD, 'b.yml': GOOD });
    expect((await signalbox(['validate', folder], { interactive: true })).err).toContain('2/2 ');
    expect((await signalbox(['validate', folder])).err).not.toContain('2/2 ');
  });

  it('writes JSON: an object per pipeline', async () => {
    const folder = folderOf({ 'a.yml': GOOD, 'b.yml': 'steps: []\nx: y\n' });
    const { out } = await signalbox(['validate', folder, '--output', 'json']);
    expect(JSON.parse(out)).toMatchObject([
      { valid: true, stages: 1, jobs: 1, diagnostics: [] },
      { valid: false, diagnostics: [{ code: 'unexpected-key', range: { line: 2, column: 1 } }] },
    ]);
    expect(JSON.parse((await signalbox(['--output', 'json', 'validate', folder])).out)).toHaveLength(2);
  });

  it('takes parameters, from files too, and the compiler knows the rest', async () => {
    const file = join(
      folderOf({
        'p.yml':
          'parameters:\n  - name: hosts\n    type: object\nsteps:\n  - ${{ each h in parameters.hosts }}:\n      - script: echo ${{ h }}\n',
        'hosts.yml': '- a\n- b\n',
      }),
      'p.yml',
    );
    const hosts = join(dirname(file), 'hosts.yml');
    // What only a run will have is no mistake of the file; a command that needs the value says so.
    expect(await signalbox(['validate', file])).toMatchObject({ code: EXIT.ok });
    expect((await signalbox(['expand', file])).err).toMatch(/error parameter-missing/);
    expect(await signalbox(['validate', file, '--parameter', `hosts=@${hosts}`])).toMatchObject({
      code: EXIT.ok,
    });
    expect(
      (await signalbox(['validate', file, '--parameter', 'hosts=[a]', '--parameter', 'x=1'])).out,
    ).toMatch(/error parameter-unknown/);
    expect(await signalbox(['validate', file, '--parameter', 'hosts=@nowhere.yml'])).toMatchObject({
      code: EXIT.usage,
    });
  });

  it('reads other repositories from folders that it is given, and says how to give them', async () => {
    const file = join(
      folderOf({
        'p.yml':
          'resources:\n  repositories:\n    - repository: tools\n      name: Shop/tools\nsteps:\n  - template: s.yml@tools\n',
      }),
      'p.yml',
    );
    const tools = folderOf({ 's.yml': 'steps:\n  - script: echo\n' });
    const missing = await signalbox(['validate', file]);
    expect(missing.out).toMatch(
      /error repository-unavailable: .*'Shop\/tools'.*\n +Give its files: `--repository tools=FOLDER`/,
    );
    for (const name of ['tools', 'TOOLS', 'shop/tools']) {
      const given = await signalbox(['validate', file, '--repository', `${name}=${tools}`]);
      expect(given, name).toMatchObject({ code: EXIT.ok });
    }
    expect(await signalbox(['validate', file, '--repository', 'tools=/nowhere'])).toMatchObject({
      code: EXIT.notFound,
    });
  });
});

/** What a reader of SARIF 2.1.0 needs: the required members of the standard, and ours. */
interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Rule[] } };
    readonly originalUriBaseIds: Readonly<Record<string, { readonly uri: string }>>;
    readonly results: readonly Result[];
  }[];
}
interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: string };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Place[];
  readonly relatedLocations?: readonly Place[];
}
interface Place {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
    readonly region: Readonly<Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>>;
  };
}

describe('signalbox validate --output sarif', () => {
  it('is a SARIF 2.1.0 log with rules, levels, regions and the places that include', async () => {
    const folder = folderOf({ ...REPOSITORY, 'ci/ä b.yml': 'steps: []\nx: y\n' });
    const { out, code } = await signalbox(['validate', folder, '--root', folder, '--output', 'sarif']);
    expect(code).toBe(EXIT.failed);
    const log = JSON.parse(out) as Sarif;
    expect(log).toMatchObject({
      version: '2.1.0',
      $schema: expect.stringMatching(/sarif-2\.1\.0/) as string,
    });
    const [run] = log.runs;
    if (run === undefined) throw new Error('There is no run.');
    const { rules } = run.tool.driver;
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule.shortDescription.text).toMatch(/\.$/);
      expect(rule.help.text).not.toBe('');
      expect(rule.helpUri).toMatch(new RegExp(`^file:///.*diagnostics\\.md#${rule.id}$`));
      expect(['error', 'warning']).toContain(rule.defaultConfiguration.level);
    }
    expect(run.results.length).toBeGreaterThan(3);
    for (const result of run.results) {
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(['error', 'warning']).toContain(result.level);
      for (const { physicalLocation } of [...result.locations, ...(result.relatedLocations ?? [])]) {
        const { artifactLocation, region } = physicalLocation;
        expect(run.originalUriBaseIds[artifactLocation.uriBaseId]?.uri).toMatch(/^file:\/\/\/.*\/$/);
        expect(URL.canParse(artifactLocation.uri, 'file:///x/')).toBe(true);
        expect(Math.min(...Object.values(region))).toBeGreaterThan(0);
        const { startLine, startColumn, endLine, endColumn } = region;
        expect(endLine > startLine || (endLine === startLine && endColumn >= startColumn)).toBe(true);
      }
    }
    expect(out).toContain('ci/%C3%A4%20b.yml');
    const [steps] = run.results.filter(({ locations }) =>
      JSON.stringify(locations).includes('templates/steps.yml'),
    );
    expect(steps?.relatedLocations).toHaveLength(2);
  });
});

describe('signalbox graph', () => {
  it('draws a file, in the format asked for', async () => {
    const file = join(folderOf({ 'p.yml': GOOD }), 'p.yml');
    expect(await signalbox(['graph', file])).toEqual({
      code: EXIT.ok,
      out: '1  __default  1 job\n',
      err: '',
    });
    expect((await signalbox(['graph', file, '--format', 'svg', '--jobs'])).out).toMatch(
      /^<svg .*<\/svg>\n$/s,
    );
    expect(await signalbox(['graph', '-', '--format', 'png'], { input: GOOD })).toMatchObject({
      code: EXIT.usage,
    });
    expect(await signalbox(['graph', '-'], { input: 'x: y\n' })).toMatchObject({
      code: EXIT.failed,
      out: '',
    });
  });
});

describe('signalbox graph --resources', () => {
  it('lists what each stage can reach, as text or JSON', async () => {
    const file = join(folderOf({ 'p.yml': GOOD }), 'p.yml');
    const text = await signalbox(['graph', file, '--resources']);
    expect(text).toMatchObject({ code: EXIT.ok, err: '' });
    expect(text.out).toMatch(/^__default\n {2}pool +Default {2}\(.*p\.yml:\d+\)\n$/);
    const json = await signalbox(['graph', file, '--resources', 'json']);
    expect(JSON.parse(json.out)).toMatchObject([
      { stage: '__default', ownLock: false, resources: [{ type: 'queue', name: 'Default' }] },
    ]);
    expect(await signalbox(['graph', file, '--resources=xml'])).toMatchObject({ code: EXIT.usage, out: '' });
  });
});

describe('signalbox expand', () => {
  const file = (): string =>
    join(
      folderOf({
        'p.yml':
          "parameters:\n  - name: word\n    default: a\nsteps:\n  - template: t.yml\n    parameters: { w: '${{ parameters.word }}' }\n",
        't.yml': 'parameters:\n  - name: w\nsteps:\n  - script: echo ${{ parameters.w }}\n',
      }),
      'p.yml',
    );

  it('says where a line comes from, with the text that stands there', async () => {
    const path = file();
    const { out } = await signalbox(['expand', path, '--parameter', 'word=b']);
    const line = out.split('\n').findIndex((one) => one.includes('echo b')) + 1;
    const told = await signalbox(['expand', path, '--parameter', 'word=b', '--explain', String(line)]);
    expect(told).toMatchObject({ code: EXIT.ok, err: '' });
    expect(told.out.split('\n').slice(1)).toEqual([
      '',
      'written in t.yml(4,13)',
      '  - script: echo ${{ parameters.w }}',
      'from the expression in t.yml(4,13)',
      '  ${{ parameters.w }} = b',
      'included by p.yml(5,15)',
      '  - template: t.yml',
      '',
    ]);
    const asJson = await signalbox(['expand', path, '--explain', String(line), '--output', 'json']);
    expect(JSON.parse(asJson.out)).toMatchObject({
      line,
      reasons: [{ kind: 'written', range: { file: 't.yml' } }, {}, {}],
    });
  });

  it('refuses a line that is not there, and writes the form of Azure', async () => {
    const path = file();
    const beyond = await signalbox(['expand', path, '--explain', '99']);
    expect(beyond).toMatchObject({ code: EXIT.usage, out: '' });
    expect(beyond.err).toMatch(/^The output has no line 99; its last one is \d+\.\n$/);
    expect((await signalbox(['expand', path, '--form', 'azure'])).out).toContain('- task: CmdLine@2');
    const both = await signalbox(['expand', path, '--form', 'azure', '--explain', '1']);
    expect(both.code).toBe(EXIT.usage);
  });
});
