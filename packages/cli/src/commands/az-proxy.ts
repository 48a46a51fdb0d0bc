import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import type { Command } from 'commander';
import { serverUrl, type ConnectionOptions } from '../connection.ts';
import type { Context } from '../context.ts';
import { defaultDataFolder } from '../data-folder.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { integer } from './options.ts';

interface Options {
  readonly port: number;
  readonly as?: string;
  readonly passThrough?: boolean;
  readonly data?: string;
}

/** `signalbox az-proxy`: clients that accept no address but `https://dev.azure.com/NAME` reach the server. */
export function addAzProxy(program: Command, context: Context): void {
  program
    .command('az-proxy')
    .option('--port <number>', 'the port on this machine; 0 takes any', integer(0, 65_535), 8899)
    .option(
      '--as <name>',
      'the organisation that clients write behind dev.azure.com (default: that of the server)',
    )
    .option('--pass-through', 'let connections to other hosts pass unread; otherwise they are refused')
    .option(
      '--data <folder>',
      'where its authority is kept, in az-proxy (default: SIGNALBOX_DATA, else ~/.signalbox)',
    )
    .description('Stand in for dev.azure.com, for clients that accept no other address. Ctrl-C ends it.')
    .addHelpText(
      'after',
      '\nExample:\n  signalbox az-proxy --url http://server:8080/default\n\nIt prints the variables that clients need. It makes an authority of its own, which is good for the hosts of\nAzure DevOps alone; nobody trusts it but programs that get these variables.',
    )
    .action((options: Options) => serve(context, program.opts<ConnectionOptions>(), options));
}

async function serve(context: Context, where: ConnectionOptions, options: Options): Promise<void> {
  const { terminal } = context;
  const now = (): number => context.now();
  // The library is read only where it is needed.
  const [{ keptAuthority }, { serverCertificates }, { startProxy }] = await Promise.all([
    import('../az-proxy/authority.ts'),
    import('../az-proxy/server-certificates.ts'),
    import('../az-proxy/proxy.ts'),
  ]);
  const server = new URL(serverUrl(where));
  const own = decodeURIComponent(server.pathname.split('/')[1] ?? '');
  const organization = options.as ?? own;
  const authority = keptAuthority(join(options.data ?? defaultDataFolder(), 'az-proxy'), now());
  const proxy = await startProxy(
    {
      to: { organization, server, ca: authorityOf(where) },
      certificates: serverCertificates(authority, now),
      passThrough: options.passThrough === true,
    },
    options.port,
  ).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(
      EXIT.environment,
      `Port ${options.port} cannot be used: ${reason}. Choose another --port.`,
    );
  });
  terminal.out(instructions({ port: proxy.port, organization, ...authority }));
  terminal.err(`It forwards to ${server.href}. Ctrl-C ends it.\n`);
  await interrupted();
  await proxy.close();
}

function instructions(facts: {
  readonly port: number;
  readonly organization: string;
  readonly file: string;
  readonly bundle: string;
}): string {
  return [
    `export HTTPS_PROXY=http://127.0.0.1:${facts.port}`,
    `export REQUESTS_CA_BUNDLE=${quoted(facts.bundle)}`,
    `export NODE_EXTRA_CA_CERTS=${quoted(facts.file)}`,
    `# the organisation is https://dev.azure.com/${encodeURIComponent(facts.organization)}`,
    '',
  ].join('\n');
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

function authorityOf({ ca }: ConnectionOptions): readonly string[] | undefined {
  if (ca === undefined) return undefined;
  try {
    return [...rootCertificates, readFileSync(ca, 'utf8')];
  } catch {
    throw new CliError(EXIT.usage, `The file of the authority, ${ca}, cannot be read.`);
  }
}

function interrupted(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
}
