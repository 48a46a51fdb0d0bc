import { newSecret } from '@signalbox/server';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The token of the local agents: the same after each start, because an agent that outlived a killed server
 * goes on with the one it has.
 */
export function localAgentSecret(dataFolder: string): string {
  const file = join(dataFolder, 'agents', 'token');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    const secret = newSecret();
    mkdirSync(join(dataFolder, 'agents'), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${secret}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
    return secret;
  }
}
