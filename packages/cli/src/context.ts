import type { Client, ClientOptions } from '@signalbox/api';
import type { OutputFormat } from './output/print.ts';
import type { Terminal } from './output/terminal.ts';

/** What every command gets: where to write, how, and the server it talks to. */
export interface Context {
  readonly terminal: Terminal;
  /** What `--output` said. */
  format(): OutputFormat;
  /** The client for the server that `--url` and `--token` (or the environment) name. */
  client(): Client;
  /** How that server is reached, for what speaks with it without the client. */
  server(): ClientOptions;
  now(): number;
}
