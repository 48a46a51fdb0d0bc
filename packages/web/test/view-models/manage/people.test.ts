import { HUMAN_ROLES, type RoleView } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { membersForm, membersOrder, PEOPLE_ROLES, rolesAt } from '../../../src/view-models/manage/people.ts';

describe('membersForm', () => {
  it('gives back the group that it was made of, with the groups in it', () => {
    const group = {
      name: 'releasers',
      description: 'Who may release',
      members: ['ada', 'grace'],
      groups: ['shift'],
    };
    expect(membersOrder(membersForm(group))).toEqual(group);
  });

  it('takes names line by line, each once', () => {
    const form = { ...membersForm(), name: ' a ', members: 'ada\n\n grace \nada', groups: '' };
    expect(membersOrder(form)).toEqual({
      name: 'a',
      description: '',
      members: ['ada', 'grace'],
      groups: [],
    });
  });
});

describe('rolesAt', () => {
  const whole: RoleView = { kind: 'user', name: 'ada', role: 'reader' };
  const resource = { type: 'endpoint', id: '7' };
  const single: RoleView = { kind: 'group', name: 'shift', role: 'User', resource };

  it('tells the roles of a place from those of others', () => {
    expect(rolesAt([whole, single], {})).toEqual([whole]);
    expect(rolesAt([whole, single], { resource })).toEqual([single]);
    expect(rolesAt([whole, single], { resource: { type: 'endpoint', id: '8' } })).toEqual([]);
  });
});

describe('PEOPLE_ROLES', () => {
  it('has words for every role of people', () => {
    expect(PEOPLE_ROLES.map(({ role }) => role).toSorted()).toEqual([...HUMAN_ROLES].toSorted());
  });
});
