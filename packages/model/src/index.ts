export * from './ids.ts';
export * from './lock-policy.ts';
export * from './lock-policy-check.ts';
export * from './lock.ts';
export * from './plan/index.ts';
export * from './result.ts';
export * from './source.ts';
export * from './version.ts';
