export * from './errors.ts';
export * from './open.ts';
export * from './options.ts';
export * from './port/index.ts';
