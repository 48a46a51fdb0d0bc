import type { InstanceKey } from '@signalbox/engine';
import type { HookName } from '@signalbox/model';
import type { Fields } from '../read/fields.ts';
import { required, requiredNumber } from './agent-caller.ts';

const HOOKS: readonly HookName[] = [
  'preDeploy',
  'deploy',
  'routeTraffic',
  'postRouteTraffic',
  'onSuccess',
  'onFailure',
];

/** The instance that the pool names in its reply. */
export function readInstance(fields: Fields): InstanceKey {
  const hook = HOOKS.find((one) => one === fields.text('hook'));
  const leg = fields.text('leg');
  return {
    stage: required(fields, 'stage'),
    stageAttempt: requiredNumber(fields, 'stageAttempt'),
    job: required(fields, 'job'),
    jobAttempt: requiredNumber(fields, 'jobAttempt'),
    ...(hook !== undefined && { hook }),
    ...(leg !== undefined && leg !== '' && { leg }),
  };
}
