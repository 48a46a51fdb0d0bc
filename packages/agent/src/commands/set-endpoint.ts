import type { EndpointChange, EndpointField } from '../variables/endpoints.ts';
import type { CommandHandler } from './command-target.ts';
import type { LoggingCommand } from './parse-command.ts';

const FIELDS: readonly EndpointField[] = ['authParameter', 'dataParameter', 'url'];

/** `task.setendpoint`: changes a connection for later steps of the job (LOG-18). */
export const setEndpoint: CommandHandler = (command, target) => {
  const change = readChange(command);
  if (typeof change === 'string') return change;
  if (target.endpoints.isSystem(change.id)) {
    target.issue('warning', "The job's own connection to the server cannot be changed.");
    return undefined;
  }
  return target.endpoints.change(change) ? undefined : `The job has no connection "${change.id}".`;
};

/** The change that a command asks for, or why it is none. */
function readChange({ properties, data }: LoggingCommand): EndpointChange | string {
  const id = properties.get('id')?.trim() ?? '';
  const named = properties.get('field')?.trim().toLowerCase();
  const field = FIELDS.find((one) => one.toLowerCase() === named);
  const key = properties.get('key')?.trim() ?? '';
  if (id === '') return 'The property "id" is missing.';
  if (field === undefined) return `The property "field" must be one of ${FIELDS.join(', ')}.`;
  if (key === '' && field !== 'url') return 'The property "key" is missing.';
  if (field === 'url' && !URL.canParse(data)) return 'The value is no absolute URL.';
  return { id, field, key, value: data };
}
