import { spawn } from 'node:child_process';

/** How a command of the Azure CLI ended; undefined: there is no such program. */
export type AzEnd = { readonly ok: boolean; readonly said: string } | undefined;

/** Longer than this no word of the Azure CLI is needed. */
const SAID_CHARACTERS = 4000;

/** Runs `az ARGUMENTS`; what is secret goes in by its standard input, where no other user of the machine sees it. */
export function runAz(args: readonly string[], input: string): Promise<AzEnd> {
  return new Promise((done) => {
    const child = spawn('az', [...args], {
      env: { ...process.env, AZURE_CORE_COLLECT_TELEMETRY: '0' },
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let said = '';
    child.once('error', () => done(undefined));
    // Who does not want the token closes the pipe.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(0, SAID_CHARACTERS);
    });
    child.once('close', (code) => done({ ok: code === 0, said: said.trim() }));
  });
}
