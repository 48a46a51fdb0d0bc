import type { WireCheck } from '@signalbox/api';
import { APPROVAL_CHECK, EXCLUSIVE_LOCK_CHECK, EXTENDS_CHECK, REST_TASK, TASK_CHECK } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { kindOf, settingsOf, typeOf, valuesOf } from '../../../src/view-models/environment/check-form.ts';
import { CHECK_FORMS } from '../../../src/view-models/environment/check-kinds.ts';
import { checkLines } from '../../../src/view-models/environment/checks.ts';

/** A check as the server answers it. */
function wire(part: Partial<WireCheck> & { readonly id: number }): WireCheck {
  return {
    version: 1,
    type: { id: TASK_CHECK, name: 'Task Check' },
    resource: { type: 'environment', id: '1', name: 'production' },
    timeout: 1440,
    isDisabled: false,
    url: '',
    _links: {},
    ...part,
  };
}

/** What the form of a check sends, as the server would answer it. */
function sent(
  kind: (typeof CHECK_FORMS)[number]['kind'],
  values: Readonly<Record<string, string>>,
): WireCheck {
  const settings = settingsOf(kind, values) as NonNullable<WireCheck['settings']>;
  return wire({ id: 1, type: { ...typeOf(kind), name: kind }, settings });
}

describe('the form of a check', () => {
  it.each(CHECK_FORMS.map(({ kind }) => kind))('of kind %s is known again by what it sends', (kind) => {
    expect(kindOf(sent(kind, {}))).toBe(kind);
  });

  it.each(CHECK_FORMS.map(({ kind, fields }) => [kind, fields] as const))(
    'of kind %s keeps every field',
    (kind, fields) => {
      const values = Object.fromEntries(
        fields.map(({ name, kind: field, choices }) => [
          name,
          field === 'flag' ? 'true' : field === 'number' ? '7' : (choices?.at(-1)?.value ?? 'some text'),
        ]),
      );
      const given =
        kind === 'requiredTemplate' ? { ...values, templates: 'a.yml@b#refs/heads/main' } : values;
      expect(valuesOf(sent(kind, given))).toMatchObject(given);
    },
  );

  it('sends people and groups apart', () => {
    expect(settingsOf('approval', { approvers: 'ann\n @ops \n\n' })).toMatchObject({
      approvers: [{ displayName: 'ann' }, { displayName: 'ops', isContainer: true }],
      minRequiredApprovers: 0,
      asked: 'dynamic',
    });
  });

  it('sends a template with the full name of its branch', () => {
    expect(settingsOf('requiredTemplate', { templates: 'secure.yml@templates' })).toEqual({
      extendsChecks: [
        {
          repositoryType: 'git',
          repositoryName: 'templates',
          repositoryRef: 'refs/heads/main',
          templatePath: 'secure.yml',
        },
      ],
    });
  });

  it('says what becomes of a stage whose check is late, of what can be late only', () => {
    expect(settingsOf('businessHours', {})).toMatchObject({ onTimeout: 'skip' });
    expect(settingsOf('restApi', { onTimeout: 'fail' })).toMatchObject({ onTimeout: 'fail' });
    expect(settingsOf('branchControl', { onTimeout: 'fail' })).not.toHaveProperty('onTimeout');
  });

  it('reads the one window of business hours that comes as Azure writes it', () => {
    const inputs = { timeZone: 'UTC', businessDays: 'Monday, Friday', startTime: '08:00', endTime: '17:00' };
    const settings = { displayName: '', definitionRef: { id: REST_TASK, name: '', version: '' }, inputs };
    expect(valuesOf(wire({ id: 1, settings }))).toMatchObject({ windows: 'Monday, Friday 08:00-17:00' });
  });
});

describe('checkLines', () => {
  it('have the order of evaluation, and say when each is looked at', () => {
    const approval = (asked: string) => sent('approval', { approvers: 'ann', asked });
    const lines = checkLines([
      wire({
        id: 1,
        type: { id: EXCLUSIVE_LOCK_CHECK, name: 'ExclusiveLock' },
        settings: {},
        timeout: 43_200,
      }),
      { ...approval('postDeployment'), id: 2, type: { id: APPROVAL_CHECK, name: 'Approval' } },
      { ...approval('preCheck'), id: 3 },
      { ...sent('restApi', { connectedServiceName: 'ops', urlSuffix: '/gate' }), id: 4, isDisabled: true },
      {
        ...sent('requiredTemplate', { templates: 'a.yml@b' }),
        id: 5,
        type: { id: EXTENDS_CHECK, name: 'x' },
      },
    ]);
    expect(lines.map(({ check, title, text, when, off }) => [check.id, title, text, when, off])).toEqual([
      [5, 'Required template', 'a.yml@b#refs/heads/main', 'first, at once', false],
      [3, 'Approval', 'ann', 'before the other checks', false],
      [4, 'REST call', 'ops/gate', 'together', true],
      [
        1,
        'Exclusive lock',
        'one at a time, as the policy of the lock says',
        'last, the place in the line',
        false,
      ],
      [2, 'Approval', 'ann', 'when the jobs are over', false],
    ]);
  });

  it('show a check that the page cannot edit by the name of its type', () => {
    const [line] = checkLines([wire({ id: 9, type: { id: 'new', name: 'Moon phase' } })]);
    expect(line).toMatchObject({ kind: undefined, title: 'Moon phase', text: '' });
  });
});
