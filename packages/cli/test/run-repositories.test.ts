import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-run-repositories-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('signalbox run --repository --parameter', () => {
  it('uses templates of other repositories and checks them out, as they are on disk', async () => {
    const own = folderOf({
      'own.txt': 'own',
      'azure-pipelines.yml': `
parameters:
  - { name: words, type: object }
resources:
  repositories:
    - { repository: tools, name: Shop/tools, ref: refs/tags/v9 }
steps:
  - checkout: self
  - checkout: tools
  - template: steps.yml@tools
    parameters:
      words: \${{ parameters.words }}
`,
    });
    const tools = folderOf({
      'word.txt': 'from tools',
      'steps.yml':
        'parameters:\n  - { name: words, type: object }\nsteps:\n' +
        '  - ${{ each word in parameters.words }}:\n      - bash: cat */own.txt tools/word.txt && echo " ${{ word }}" >> "$(place)"\n',
    });
    const words = join(folderOf({ 'words.yml': '- one\n- two\n' }), 'words.yml');
    const place = join(folderOf({}), 'out.txt');
    const terminal = recordingTerminal();
    const args = [
      '--repository',
      `tools=${tools}`,
      '--parameter',
      `words=@${words}`,
      '--variable',
      `place=${place}`,
    ];
    const code = await runProgram(['run', join(own, 'azure-pipelines.yml'), ...args], terminal);
    expect(code, terminal.said()).toBe(EXIT.ok);
    expect(readFileSync(place, 'utf8')).toBe(' one\n two\n');
  }, 120_000);

  it('takes the folder as it is on disk also for a commit that it does not have (RSRC-5)', async () => {
    const own = folderOf({
      'p.yml': `
resources:
  repositories:
    - { repository: tools, name: Shop/tools, ref: 8c3f2b1d9e4a5f60718293a4b5c6d7e8f9012345 }
steps:
  - checkout: tools
  - template: steps.yml@tools
`,
    });
    const tools = folderOf({
      'word.txt': 'from tools',
      'steps.yml': 'steps:\n  - bash: cat word.txt > "$(place)"\n',
    });
    const place = join(folderOf({}), 'out.txt');
    const terminal = recordingTerminal();
    const args = ['--repository', `tools=${tools}`, '--variable', `place=${place}`];
    const code = await runProgram(['run', join(own, 'p.yml'), ...args], terminal);
    expect(code, terminal.said()).toBe(EXIT.ok);
    expect(readFileSync(place, 'utf8')).toBe('from tools');
  }, 120_000);

  it('refuses a folder for what the file does not declare', async () => {
    const own = folderOf({ 'p.yml': 'steps:\n  - script: echo\n' });
    const terminal = recordingTerminal();
    const code = await runProgram(['run', join(own, 'p.yml'), '--repository', `tools=${own}`], terminal);
    expect(code).toBe(EXIT.usage);
    expect(terminal.said()).toMatch(/declares no repository tools\. It declares: none\./);
  });
});
