export { History } from './history.ts';
export { policies, policyOf } from './policy.ts';
export type { Crowd } from './scene.ts';
export { crowds, histories, type Step } from './step.ts';
export { tell, told, type Told } from './told.ts';
