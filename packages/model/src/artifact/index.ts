export * from './artifact-name.ts';
export * from './artifact-path.ts';
export * from './manifest.ts';
