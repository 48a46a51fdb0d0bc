import { HUMAN_ROLES, PERMITTED, SCOPES, type HumanRole, type Permission } from '@signalbox/api';
import type { RoleRow } from '@signalbox/store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circleOf } from '../../src/auth/circles.ts';
import { capOf, holds, holdsSomewhere, rightsOf, strongestRole } from '../../src/auth/rights.ts';

const ALL = Object.keys(PERMITTED) as Permission[];
const given = (role: string, project?: number): RoleRow => ({
  place: project === undefined ? {} : { project },
  kind: 'user',
  name: 'ann',
  role,
});

const ROLES = fc.array(
  fc.record({ role: fc.constantFrom(...HUMAN_ROLES), project: fc.constantFrom(undefined, 1, 2) }),
  { maxLength: 5 },
);
const rowsOf = (roles: readonly { role: HumanRole; project?: number | undefined }[]): readonly RoleRow[] =>
  roles.map(({ role, project }) => given(role, project));

describe('rights', () => {
  it('add up: another role, anywhere, takes nothing away', () => {
    fc.assert(
      fc.property(
        ROLES,
        ROLES,
        fc.constantFrom(...ALL),
        fc.constantFrom(undefined, 1, 2),
        (some, more, permission, at) => {
          const before = rightsOf(rowsOf(some), {});
          const after = rightsOf(rowsOf([...some, ...more]), {});
          return !holds(before, permission, at) || holds(after, permission, at);
        },
      ),
    );
  });

  it('of a token are never more than those of its user, and none outside of its project', () => {
    const scopes = fc.subarray(Object.keys(SCOPES));
    fc.assert(
      fc.property(
        ROLES,
        scopes,
        fc.constantFrom(...ALL),
        fc.constantFrom(undefined, 1, 2),
        (roles, words, permission, at) => {
          const whole = rightsOf(rowsOf(roles), {});
          const cap = capOf(words);
          const limited = rightsOf(rowsOf(roles), { only: 1, ...(cap !== undefined && { cap }) });
          const isFree = permission === 'public' || permission === 'discover';
          if (!holds(limited, permission, at)) return true;
          return (
            holds(whole, permission, at) &&
            (isFree || (at === 1 && words.some((word) => SCOPES[word]?.includes(permission))))
          );
        },
      ),
    );
  });

  it('of one project open nothing of another, nor of the organisation', () => {
    const rights = rightsOf([given('administrator', 1)], {});
    expect([
      holds(rights, 'deleteRuns', 1),
      holds(rights, 'deleteRuns', 2),
      holds(rights, 'deleteRuns'),
    ]).toEqual([true, false, false]);
    expect([strongestRole(rights, 1), strongestRole(rights, 2), strongestRole(rights)]).toEqual([
      'administrator',
      'member',
      'member',
    ]);
    expect(holdsSomewhere(rights, 'deleteRuns')).toBe(true);
  });

  it('come from no words that are no roles of people', () => {
    expect(strongestRole(rightsOf([given('Administrator'), given('agent'), given('job')], {}))).toBe(
      'member',
    );
  });
});

describe('circleOf', () => {
  const group = (name: string, ...groups: readonly string[]) => ({
    name,
    members: [
      { kind: 'user', name: name },
      ...groups.map((one) => ({ kind: 'group', name: one }) as const),
    ] as const,
  });

  it('names the way back to the group, whatever the letter case', () => {
    const known = [group('a'), group('b', 'c'), group('c', 'A')];
    expect(circleOf(known, group('a', 'B'))).toEqual(['a', 'b', 'c', 'a']);
    expect(circleOf(known, group('A', 'a'))).toEqual(['A', 'A']);
    expect(circleOf(known, group('d', 'b'))).toBeUndefined();
  });

  it('ends where others go in a circle already, and where a group is in two', () => {
    expect(circleOf([group('x', 'y'), group('y', 'x')], group('a', 'x'))).toBeUndefined();
    expect(circleOf([group('x', 'z'), group('y', 'z'), group('z')], group('a', 'x', 'y'))).toBeUndefined();
  });
});
