import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { UpOptions } from '../up/up-options.ts';
import { collectTarget, collectText, integer } from './options.ts';

/** `signalbox up`: server, store, local agents and web page in one command. */
export function addUp(program: Command, context: Context): void {
  signIn(boundsAndKeys(program.command('up')))
    .option('--host <address>', 'where to listen; beyond this machine only if you say so', '127.0.0.1')
    .option('--port <number>', 'the port; 0 takes any free one', integer(0, 65_535), 8080)
    .option('--data <folder>', 'where everything is kept (SIGNALBOX_DATA; default: ~/.signalbox)')
    .option(
      '--database-url <url>',
      'PostgreSQL instead of the file in the data folder: postgres://user@host/name',
    )
    .option('--organization <name>', 'the first part of every address', 'default')
    .option('--public-url <url>', 'how others reach the server, when a proxy stands in front of it')
    .option(
      '--allow-outbound <host:port>',
      'a private address that callbacks and checks may call, as in ci.corp:443 or 10.1.0.0/16:8443; repeatable',
      collectTarget,
    )
    .option('--agents <count>', 'local agents (default: 2; the demo: 4)', integer(0, 64))
    .option(
      '--agent-lease <seconds>',
      'after so long without a sign of life an agent counts as lost (default: 300)',
      integer(10, 3600),
    )
    .option(
      '--poll <seconds>',
      'how often repositories elsewhere are asked for pushes (default: 30); those on this machine every 2 seconds',
      integer(5, 3600),
    )
    .option(
      '--parallel-jobs <count>',
      'jobs that may run at once in all pools together (default: as many as there are agents)',
      integer(1, 10_000),
    )
    .option(
      '--artifact-days <days>',
      'delete artifacts of finished runs after so many days (default: never)',
      integer(1, 36_500),
    )
    .option('--no-triggers', 'nothing starts by itself: no pushes, schedules or ends of other runs')
    .option('--demo', 'with an example project whose queue is at work')
    .description(
      'Start a server on this machine: REST API, web page, agents. Ctrl-C lets running jobs finish; again cancels them.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox up\n  signalbox up --demo --port 9000 --data ./demo-data' +
        '\n  SIGNALBOX_ADMIN_TOKEN=… signalbox up --database-url postgres://signalbox@db/signalbox --agents 0',
    )
    .action(async (options: UpOptions) => {
      // The server's libraries take a while to load; no other command has to wait for them.
      const { up } = await import('../up/up.ts');
      await up(context, options);
    });
}

/** What is bounded, and what secrets are sealed by. */
function boundsAndKeys(command: Command): Command {
  return command
    .option(
      '--request-rate <count>',
      'requests that one token may ask in a second, twenty times as many at once (default: 500)',
      integer(1, 1_000_000),
    )
    .option(
      '--secret-key-file <file>',
      'the keys of the secrets, one in a line, the newest first (SIGNALBOX_SECRET_KEYS; default: secret.key of the data folder)',
    )
    .option(
      '--secret-key-command <list>',
      'unwraps each key of that file: a program and its arguments as a JSON list, as in ["/usr/bin/unwrap", "prod"]',
    );
}

/** Who signs people in, and whom it lets in as what. */
function signIn(command: Command): Command {
  return command
    .option('--oidc-issuer <url>', 'the OpenID Connect provider that signs people in: its https address')
    .option('--oidc-client-id <id>', 'the name under which the provider knows this server')
    .option(
      '--oidc-client-secret-file <file>',
      'the secret of that client (SIGNALBOX_OIDC_CLIENT_SECRET; without one it is a public client)',
    )
    .option(
      '--oidc-label <text>',
      'what the button says, as in "Contoso" (default: the host of the provider)',
    )
    .option('--oidc-scopes <list>', 'what is asked for (default: "openid profile email")')
    .option('--oidc-name-claim <claim>', 'the claim that is the name of a user (default: preferred_username)')
    .option('--oidc-groups-claim <claim>', 'the claim that lists groups (default: groups)')
    .option(
      '--oidc-allow-domain <domain>',
      'lets in whose verified e-mail address is of this domain; repeatable (default: everybody)',
      collectText,
    )
    .option(
      '--oidc-allow-group <group>',
      'lets in who is in this group of the provider; repeatable (default: everybody)',
      collectText,
    )
    .option(
      '--oidc-group <theirs=ours>',
      'who is in a group of the provider is in a group here, from each sign-in on; repeatable',
      collectText,
    )
    .option(
      '--oidc-newcomer-role <role>',
      'what somebody may do who comes for the first time (default: nothing)',
    );
}
