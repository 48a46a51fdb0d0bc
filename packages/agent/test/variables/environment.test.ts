import { describe, expect, it } from 'vitest';
import { environmentName, stepEnvironment, type StepEnvironment } from '../../src/variables/environment.ts';
import type { ExpandedVariable } from '../../src/variables/variable-store.ts';

function variable(name: string, value: string, more: Partial<ExpandedVariable> = {}): ExpandedVariable {
  return { name, value, secret: false, readonly: false, ...more };
}

function environment(more: Partial<StepEnvironment>): Record<string, string> {
  return stepEnvironment({ base: {}, variables: [], env: {}, prependPath: [], pathSeparator: ':', ...more });
}

describe('environmentName', () => {
  it.each([
    ['Build.BuildId', 'BUILD_BUILDID'],
    ['my var', 'MY_VAR'],
    ['a-b', 'A-B'],
    ['already_SO', 'ALREADY_SO'],
  ])('%s → %s (VAR-12)', (name, expected) => {
    expect(environmentName(name)).toBe(expected);
  });

  it('keeps the case where it was asked to', () => {
    expect(environmentName('my.Var', true)).toBe('my_Var');
  });
});

describe('stepEnvironment', () => {
  it('holds what the agent was started with, the variables and TF_BUILD', () => {
    const made = environment({ base: { HOME: '/root' }, variables: [variable('a.b', '1')] });
    expect(made).toEqual({ HOME: '/root', A_B: '1', TF_BUILD: 'True' });
  });

  it('holds no secrets unless they are mapped (SEC-5, STEPY-9)', () => {
    const made = environment({
      variables: [variable('pw', 'swordfish', { secret: true })],
      env: { MAPPED: 'swordfish' },
    });
    expect(made['PW']).toBeUndefined();
    expect(made['MAPPED']).toBe('swordfish');
  });

  it('lets the variable win over an entry of env (REC-179)', () => {
    const made = environment({ variables: [variable('color', 'red')], env: { COLOR: 'blue', other: 'x' } });
    expect(made).toMatchObject({ COLOR: 'red', other: 'x' });
  });

  it.each([[['A.B', 'A_B']], [['A_B', 'A.B']]])('lets the dotted name win (REC-180): %j', (names) => {
    expect(environment({ variables: names.map((name) => variable(name, name)) })['A_B']).toBe('A.B');
  });

  it('hands on nothing that configures the agent itself (TH20)', () => {
    const made = environment({
      base: { SIGNALBOX_TOKEN: 'pool-token', PATH: '/bin' },
      variables: [variable('SIGNALBOX_LOCK_TOKEN', '4')],
    });
    expect(made).toEqual({ PATH: '/bin', SIGNALBOX_LOCK_TOKEN: '4', TF_BUILD: 'True' });
  });

  it('puts folders before PATH, the latest first (LOG-22)', () => {
    expect(environment({ base: { PATH: '/bin' }, prependPath: ['/two', '/one'] })['PATH']).toBe(
      '/two:/one:/bin',
    );
    expect(environment({ prependPath: ['/one'] })['PATH']).toBe('/one');
  });

  it('leaves out what no process can be started with', () => {
    const made = environment({ env: { '': 'x', 'a=b': 'x', nul: 'a\0b' } });
    expect(made).toEqual({ TF_BUILD: 'True' });
  });
});
