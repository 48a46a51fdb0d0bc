export * from './agent-protocol.ts';
export * from './views.ts';
