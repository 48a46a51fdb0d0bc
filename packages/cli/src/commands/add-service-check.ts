import {
  FUNCTION_TASK,
  MONITOR_TASK,
  REST_TASK,
  SERVICENOW_TASK,
  TASK_CHECK,
  type WireCheck,
} from '@signalbox/api';
import { type Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { printObject } from '../output/print.ts';
import { collectPair, environmentOf, integer, projectOf } from './options.ts';

interface CommonOptions {
  readonly project?: string;
  readonly environment: string;
  readonly name?: string;
  readonly every?: number;
  readonly timeout?: number;
  readonly variableGroup?: string;
}

interface CallOptions extends CommonOptions {
  readonly method?: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly jobToken?: boolean;
  readonly body?: string;
  readonly callback?: boolean;
  readonly criteria?: string;
}

/** `signalbox checks add rest|function|monitor|servicenow`: checks that ask an HTTP service. */
export function addServiceChecks(add: Command, context: Context): void {
  addRest(add, context);
  addFunction(add, context);
  addMonitor(add, context);
  addServiceNow(add, context);
}

function addRest(add: Command, context: Context): void {
  withCall(add.command('rest'))
    .requiredOption('--connection <name>', 'the service connection: its address, and what proves who calls')
    .option('--suffix <text>', 'what follows the address: /path?name=$(Build.BuildId)')
    .description('Let an HTTP service decide about each deployment to an environment.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox checks add rest --environment production --connection ops --callback\n' +
        "  signalbox checks add rest --environment production --connection signalbox --method GET --job-token \\\n    --suffix '/build/builds?definitions=$(System.DefinitionId)&queryOrder=queueTimeAscending&$top=1&statusFilter=notStarted,inProgress,cancelling' \\\n    --criteria \"eq(root['value'][0]['id'], $(Build.BuildId))\" --every 1",
    )
    .action((options: CallOptions & { readonly connection: string; readonly suffix?: string }) =>
      create(context, REST_TASK, options, {
        connectedServiceName: options.connection,
        urlSuffix: options.suffix,
        ...callInputs(options),
      }),
    );
}

function addFunction(add: Command, context: Context): void {
  withCall(add.command('function'))
    .requiredOption('--url <address>', 'the address of the function')
    .option('--key <text>', 'its key; keep it in a variable group, and name the variable: $(gateKey)')
    .option('--query <text>', 'parameters behind the key: a=b&c=$(d)')
    .description('Let an Azure Function decide about each deployment to an environment.')
    .addHelpText(
      'after',
      "\nExample:\n  signalbox checks add function --environment production --url https://shop.azurewebsites.net/api/Gate --key '$(gateKey)' --variable-group gates --callback",
    )
    .action(
      (options: CallOptions & { readonly url: string; readonly key?: string; readonly query?: string }) =>
        create(context, FUNCTION_TASK, options, {
          function: options.url,
          key: options.key,
          queryParameters: options.query,
          ...callInputs(options),
        }),
    );
}

function addMonitor(add: Command, context: Context): void {
  withCommon(add.command('monitor'))
    .requiredOption('--connection <name>', 'the service connection to the subscription')
    .requiredOption('--resource-group <name>', 'the resource group to watch')
    .option('--severity <list>', 'only alerts of these: Sev0,Sev1')
    .option('--time-range <range>', '1h, 1d, 7d or 30d (default: 1h)')
    .description('Let no deployment start while Azure Monitor has an alert.')
    .action(
      (
        options: CommonOptions & {
          readonly connection: string;
          readonly resourceGroup: string;
          readonly severity?: string;
          readonly timeRange?: string;
        },
      ) =>
        create(context, MONITOR_TASK, options, {
          connectedServiceNameARM: options.connection,
          ResourceGroupName: options.resourceGroup,
          severity: options.severity,
          timeRange: options.timeRange,
        }),
    );
}

function addServiceNow(add: Command, context: Context): void {
  withCommon(add.command('servicenow'))
    .requiredOption('--connection <name>', 'the service connection to the ServiceNow instance')
    .requiredOption('--change <number>', 'the number of the change, or the variable that has it')
    .option('--state <word>', 'the state that it must be in (default: Implement)')
    .description('Let a deployment start when a ServiceNow change is in a state.')
    .action(
      (
        options: CommonOptions & {
          readonly connection: string;
          readonly change: string;
          readonly state?: string;
        },
      ) =>
        create(context, SERVICENOW_TASK, options, {
          connectedServiceName: options.connection,
          changeRequestNumber: options.change,
          desiredState: options.state,
        }),
    );
}

function withCommon(command: Command): Command {
  return command
    .requiredOption('--environment <name>', 'the environment that it protects')
    .option('--name <text>', 'how people call the check')
    .option('--every <minutes>', 'ask again after this time (default: 0, once)', integer(0, 1440))
    .option('--timeout <minutes>', 'skip the stage after this time (default: 1440, a day)', integer(1))
    .option('--variable-group <name>', 'the variable group whose variables it can use')
    .option('--project <name>', 'the project (default: the only one)');
}

function withCall(command: Command): Command {
  return withCommon(command)
    .option('--method <word>', 'GET, POST, … (default: POST)')
    .option('--header <name=value>', 'a header instead of the default ones; repeat it for more', collectPair)
    .option('--job-token', 'prove who calls by the token of the check, as a header')
    .option('--body <text>', 'what is sent')
    .option('--callback', 'the service decides later, by calling back')
    .option('--criteria <expression>', "what the answer must fulfil: eq(root['status'], 'good')");
}

function callInputs(options: CallOptions): Readonly<Record<string, string | undefined>> {
  const { method, header, jobToken, body, callback, criteria } = options;
  const token = jobToken === true ? { Authorization: 'Bearer $(system.AccessToken)' } : undefined;
  const headers = token ?? header;
  return {
    method,
    headers: headers === undefined ? undefined : JSON.stringify({ ...header, ...token }),
    body,
    waitForCompletion: callback === true ? 'true' : undefined,
    successCriteria: criteria,
  };
}

async function create(
  context: Context,
  task: string,
  options: CommonOptions,
  inputs: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const project = await projectOf(context, options.project);
  const environment = await environmentOf(context, project, options.environment);
  const { name, every, timeout, variableGroup } = options;
  const group = variableGroup === undefined ? undefined : await groupOf(context, project, variableGroup);
  const check = await context.client().addCheck(project, {
    type: { id: TASK_CHECK },
    resource: { type: 'environment', id: String(environment) },
    settings: {
      definitionRef: { id: task },
      inputs: Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined)),
      ...(name !== undefined && { displayName: name }),
      ...(every !== undefined && { retryInterval: every }),
      ...(group !== undefined && { linkedVariableGroup: group }),
    },
    ...(timeout !== undefined && { timeout }),
  });
  show(context, check);
}

/** The id of a variable group named by its name, letter case aside. */
async function groupOf(context: Context, project: string, named: string): Promise<string> {
  const { value } = await context.client().listVariableGroups(project);
  const found = value.find(({ name }) => name.toLowerCase() === named.toLowerCase());
  if (found !== undefined) return String(found.id);
  const names = value.map(({ name }) => name).join(', ') || 'none yet';
  throw new CliError(
    EXIT.notFound,
    `There is no variable group ${named} in ${project}. There are: ${names}.`,
  );
}

function show(context: Context, check: WireCheck): void {
  printObject(context.terminal, context.format(), check, [
    ['check', String(check.id)],
    ['environment', check.resource.name],
    ['time-out', `${check.timeout} min`],
  ]);
  if (check.issue !== undefined) context.terminal.err(`Warning: ${check.issue.message}\n`);
}
