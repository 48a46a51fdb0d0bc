import { readAllowed, type ServerOptions } from '@signalbox/server';
import { EXIT, CliError } from '../exit-codes.ts';
import type { UpOptions } from './up-options.ts';

/** What the server may call besides public addresses, and what never: its own database (TH5). */
export function outboundRules({
  allowOutbound = [],
  databaseUrl,
}: Pick<UpOptions, 'allowOutbound' | 'databaseUrl'>): NonNullable<ServerOptions['outbound']> {
  const allowed = allowOutbound.map((text) => {
    const target = readAllowed(text);
    if (target !== undefined) return target;
    throw new CliError(
      EXIT.usage,
      `--allow-outbound takes HOST:PORT, ADDRESS:PORT or RANGE:PORT; ${text} is none of them.`,
    );
  });
  return { allowed, denied: databaseTargets(databaseUrl) };
}

function databaseTargets(
  databaseUrl: string | undefined,
): readonly { readonly host: string; readonly port: number }[] {
  if (databaseUrl === undefined || !URL.canParse(databaseUrl)) return [];
  const { hostname, port } = new URL(databaseUrl);
  return hostname === '' ? [] : [{ host: hostname, port: port === '' ? 5432 : Number(port) }];
}
