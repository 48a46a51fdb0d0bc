import type { WireAgent, WireVariableGroup } from '@signalbox/api';
import { ApiError, SCOPES } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { readDates, writeDates } from '../../../src/view-models/manage/calendar-form.ts';
import { fitting, kindsIn, newestDecisions, replayWords } from '../../../src/view-models/manage/audit.ts';
import {
  changedRow,
  groupForm,
  groupOrder,
  rowProblems,
  withRow,
} from '../../../src/view-models/manage/group-form.ts';
import { permissionList } from '../../../src/view-models/manage/permissions.ts';
import {
  agentCommand,
  agentMark,
  capabilities,
  poolLine,
  poolMark,
  readCapabilities,
  writeCapabilities,
} from '../../../src/view-models/manage/pool.ts';
import { refusal } from '../../../src/view-models/manage/refusal.ts';
import {
  NEW_TOKEN,
  SCOPE_WORDS,
  tokenLines,
  tokenOrder,
  tokenProblem,
  withScope,
} from '../../../src/view-models/manage/token-form.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');

function agent(part: Partial<WireAgent>): WireAgent {
  return {
    id: 1,
    name: 'build-1',
    version: '0.1.0',
    enabled: true,
    status: 'online',
    maxParallelism: 1,
    provisioningState: 'Provisioned',
    ...part,
  };
}

const WORK = {
  requestId: 1,
  assignTime: '2026-11-22T09:00:00Z',
  jobName: 'Build',
  owner: { id: 1, name: '1' },
};

describe('agentMark', () => {
  it.each([
    [{}, 'idle'],
    [{ assignedRequest: WORK }, 'works'],
    [{ enabled: false }, 'disabled'],
    [{ enabled: false, assignedRequest: WORK }, 'disabled, finishes its job'],
    [{ status: 'offline' }, 'offline'],
    [{ status: 'offline', assignedRequest: WORK }, 'offline with a job'],
  ] as const)('says of %o that it is %s', (part, label) => {
    expect(agentMark(agent(part)).label).toBe(label);
  });
});

describe('poolLine', () => {
  const waiting = {
    requestId: 2,
    poolId: 1,
    queueTime: '2026-11-22T09:00:00Z',
    jobId: 'j',
    jobName: 'Build',
    planType: 'Build',
    demands: [],
    owner: { id: 1, name: '1' },
    state: 'waiting',
  } as const;

  it('counts agents and jobs, and marks a pool that nobody serves', () => {
    const off = agent({ status: 'offline' });
    expect(poolLine({ agents: [agent({ assignedRequest: WORK }), off], jobs: [waiting] })).toBe(
      '1 of 2 agents online, 1 at work, 1 job waits',
    );
    expect(poolLine({ agents: [], jobs: [] })).toBe('no agents');
    expect(poolMark({ agents: [off], jobs: [waiting] }).tone).toBe('bad');
    expect(poolMark({ agents: [agent({})], jobs: [waiting] }).tone).toBe('warn');
    expect(poolMark({ agents: [agent({})], jobs: [] }).tone).toBe('good');
  });
});

describe('capabilities', () => {
  it('lets what people gave win, whatever the letter case (AGENT-3)', () => {
    const one = agent({ systemCapabilities: { Node: '20', git: '2' }, userCapabilities: { node: '22' } });
    expect(capabilities(one)).toEqual([
      { name: 'git', value: '2', given: false },
      { name: 'node', value: '22', given: true },
    ]);
  });

  it('reads what it writes', () => {
    const given = { sqlpackage: '', region: 'eu=west' };
    expect(readCapabilities(writeCapabilities(given))).toEqual(given);
    expect(readCapabilities(' docker \n\n a = b ')).toEqual({ docker: '', a: 'b' });
  });
});

describe('agentCommand', () => {
  it('quotes the name of a pool for the shell', () => {
    expect(agentCommand('http://h/o', 'Linux', 't')).toBe(
      'SIGNALBOX_TOKEN=t npx signalbox agent --url http://h/o --pool Linux',
    );
    expect(agentCommand('http://h/o', "it's $HOME", 't')).toContain(String.raw`--pool 'it'\''s $HOME'`);
  });
});

const GROUP = {
  id: 4,
  name: 'vault',
  description: '',
  type: 'Vsts',
  variables: { region: { value: 'eu' }, password: { value: null, isSecret: true } },
} as unknown as WireVariableGroup;

describe('groupForm', () => {
  it('keeps a secret that is not typed again, and sends one that is', () => {
    const form = groupForm(GROUP);
    expect(groupOrder(form).variables).toEqual({
      password: { value: null, isSecret: true },
      region: { value: 'eu' },
    });
    expect(groupOrder(changedRow(form, 0, { value: 'new' })).variables['password']).toEqual({
      value: 'new',
      isSecret: true,
    });
    expect(rowProblems(form).size).toBe(0);
  });

  it.each([
    [{ name: 'other' }, 'typed again'],
    [{ secret: false }, 'typed again'],
    [{ name: 'REGION' }, 'letter case'],
    [{ name: 'a/b' }, 'letters, digits'],
    [{ name: ' ' }, 'remove the row'],
  ])('says what is wrong with %o', (change, text) => {
    expect([...rowProblems(changedRow(groupForm(GROUP), 0, change)).values()].join(' ')).toContain(text);
  });

  it('gives each new row a key of its own', () => {
    const keys = withRow(withRow(groupForm())).rows.map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });
});

describe('permissionList', () => {
  const resource = { type: 'endpoint', id: '1', name: 'x' };
  const by = {
    authorized: true,
    authorizedBy: { id: 'a', displayName: 'Ada', uniqueName: 'a', descriptor: 'a' },
    authorizedOn: '2026-11-22T09:00:00Z',
  };

  it('takes silence for a yes to every pipeline', () => {
    expect(permissionList({ resource, pipelines: [] }, [], NOW).open).toBe(true);
  });

  it('names those that were permitted, also one that is gone', () => {
    const permissions = {
      resource,
      allPipelines: { ...by, authorized: false },
      pipelines: [{ ...by, id: 7 }],
    };
    const list = permissionList(permissions, [], NOW);
    expect(list.open).toBe(false);
    expect(list.named.map(({ name }) => name)).toEqual(['pipeline 7']);
  });
});

describe('the form of a token', () => {
  it('has words for every scope that the server knows', () => {
    expect(Object.keys(SCOPE_WORDS).toSorted()).toEqual(Object.keys(SCOPES).toSorted());
  });

  it('asks for a choice, and sends it', () => {
    expect(tokenProblem(NEW_TOKEN)).toBe('Choose what the token may do.');
    const chosen = withScope({ ...NEW_TOKEN, name: ' ci ' }, 'vso.build', true);
    expect(tokenProblem(chosen)).toBeUndefined();
    expect(tokenOrder(chosen)).toEqual({ name: 'ci', scopes: ['vso.build'], expiresInDays: 90 });
    expect(tokenOrder({ ...chosen, limited: false }).scopes).toEqual(['full']);
    expect(withScope(chosen, 'vso.build', false).scopes).toEqual([]);
  });

  it('lists what works before what is over', () => {
    const common = { role: 'personal', scopes: ['full'], createdOn: '2026-11-01T00:00:00Z' };
    const lines = tokenLines(
      [
        { ...common, id: 1, name: 'soon', expiresOn: '2026-11-24T10:00:00Z' },
        { ...common, id: 2, name: 'expired', expiresOn: '2026-11-21T10:00:00Z' },
        { ...common, id: 3, name: 'revoked', revokedOn: '2026-11-21T10:00:00Z' },
      ],
      NOW,
    );
    expect(lines.map(({ name, mark }) => `${name}: ${mark.label}`)).toEqual([
      'soon: ends soon',
      'revoked: revoked',
      'expired: expired',
    ]);
    expect(lines[0]?.ends?.text).toBe('in 2 d');
  });
});

describe('readDates', () => {
  it('reads days, days of every year and ranges, and writes them the same', () => {
    const text = '2026-11-27\n12-24 to 01-02';
    const read = readDates(text);
    expect(read).toEqual({
      kind: 'dates',
      dates: [
        { from: '2026-11-27', to: '2026-11-27' },
        { from: '12-24', to: '01-02' },
      ],
    });
    expect(read.kind === 'dates' && writeDates(read)).toBe(text);
  });

  it('names the line that is no date', () => {
    expect(readDates('12-24\nChristmas')).toMatchObject({ kind: 'problem', text: /“Christmas” is no date/ });
  });
});

describe('the audit', () => {
  const entries = [
    {
      version: 1,
      at: '2026-11-22T09:00:00Z',
      event: { type: 'requested', bundle: 45 },
      cause: { type: 'acquire', run: 45 },
    },
    { version: 2, at: '2026-11-22T09:00:00Z', event: { type: 'granted', bundle: 45 } },
    {
      version: 3,
      at: '2026-11-22T09:30:00Z',
      event: { type: 'released' },
      cause: { type: 'end', by: 'Ada' },
    },
  ];

  it('puts facts under the message that led to them, the newest message first', () => {
    const { list, older } = newestDecisions(entries.toReversed(), { now: NOW, isWhole: true });
    expect(list.map(({ asked, facts }) => `${asked}: ${facts.map(({ type }) => type).join(', ')}`)).toEqual([
      'end: released',
      'acquire: requested, granted',
    ]);
    expect(older).toBeUndefined();
    expect(kindsIn(list)).toEqual(['acquire', 'end', 'granted', 'released', 'requested']);
    expect(fitting(list, { kind: 'granted', text: '' })).toHaveLength(1);
    expect(fitting(list, { kind: '', text: 'ADA' })).toHaveLength(1);
    expect(fitting(list, { kind: 'granted', text: 'ada' })).toHaveLength(0);
  });

  it('leaves a message that begins on the older page to that page', () => {
    const part = { now: NOW, isWhole: false };
    const { list, older } = newestDecisions(entries.slice(1).toReversed(), part);
    expect(list.map(({ version }) => version)).toEqual([3]);
    expect(older).toBe(3);
    expect(newestDecisions(entries.slice(1, 2), part)).toMatchObject({
      list: [{ version: 2, asked: '' }],
      older: 2,
    });
  });

  it('says what came out otherwise', () => {
    const difference = { version: 2, at: '2026-11-22T09:00:00Z', cause: { type: 'acquire' } };
    expect(replayWords({ facts: 3, decisions: 2, taken: 0 }).same).toBe(true);
    expect(replayWords({ facts: 1, decisions: 1, taken: 0, difference })).toMatchObject({
      same: false,
      title: 'Line 2 comes out otherwise',
    });
  });
});

describe('refusal', () => {
  it('has the code of the server, and says of a conflict that things moved on', () => {
    const conflict = new ApiError(409, { message: 'In use.', typeKey: 'InUse', code: 'in-use' });
    expect(refusal(conflict)).toEqual({
      title: 'It does not fit what is there now',
      text: 'In use.',
      code: 'in-use',
    });
    expect(refusal(new ApiError(0, { typeKey: 'ServerUnreachable' })).code).toBeUndefined();
  });
});
