import { describe, expect, it } from 'vitest';
import { script } from '../support/fake-server.ts';
import { scene } from '../support/scene.ts';
import { servePackage } from '../support/task-package.ts';

const NODE = { execution: { Node10: { target: 'main.js' }, Node20_1: { target: 'main.js' } } };

/** A task that shows what it was told. */
const SHOW = `
const env = process.env;
const shown = ['INPUT_GREETING', 'INPUT_FOLDER', 'INPUT_CONNECTION', 'INPUT_LEFT_OUT', 'AGENT_VERSION',
  'SYSTEM_HOSTTYPE', 'VSTS_SECRET_VARIABLES', 'ENDPOINT_URL_c1', 'ENDPOINT_AUTH_SCHEME_c1', 'ENDPOINT_DATA_c1_ZONE',
  'ENDPOINT_URL_SYSTEMVSSCONNECTION', 'SECUREFILE_NAME_f1', 'COLOUR'];
for (const name of shown) console.log(name + '=' + env[name]);
console.log('secret length ' + env.SECRET_PW.length + ', of the connection ' +
  env.ENDPOINT_AUTH_PARAMETER_c1_PASSWORD.length + ', of the ticket ' + env.SECUREFILE_TICKET_f1.length);
console.log('public ' + JSON.parse(env.VSTS_PUBLIC_VARIABLES).includes('Pipeline.Workspace'));
console.log('token ' + JSON.parse(env.ENDPOINT_AUTH_SYSTEMVSSCONNECTION).parameters.AccessToken);
console.log('cwd ' + process.cwd());
`;

describe('a task package', () => {
  it('is fetched once, checked, and told everything in the words of the task library (AGENT-7, WS-3, TASK-6)', async () => {
    const { server, workFolder } = await scene();
    const manifest = {
      ...NODE,
      inputs: [
        { name: 'greeting', type: 'string', aliases: ['hello'] },
        { name: 'folder', type: 'filePath' },
        { name: 'left out', type: 'string', defaultValue: 'default of $(colour)' },
        { name: 'connection', type: 'connectedService:Generic' },
        { name: 'file', type: 'secureFile' },
      ],
    };
    const task = await servePackage(server, manifest, { 'main.js': SHOW });
    const inputs = { hello: ' $(colour) moon ', connection: 'PROD', file: 'key.pem' };
    const job = server.enqueue(
      [
        { name: 'show', task, inputs },
        { name: 'again', task, inputs },
      ],
      {
        variables: [
          { name: 'colour', value: 'blue', secret: false, readonly: false },
          { name: 'pw', value: 'swordfish', secret: true, readonly: false },
        ],
        endpoints: [
          {
            id: 'c1',
            name: 'prod',
            type: 'generic',
            url: 'https://prod.example/',
            scheme: 'UsernamePassword',
            parameters: { username: 'robot', password: 'hunter22' },
            data: { zone: 'eu' },
          },
        ],
        secureFiles: [{ id: 'f1', name: 'key.pem', ticket: 'ticket-0123456789' }],
      },
    );
    await job.finished;
    expect(job.logOf('show')).toEqual(
      expect.arrayContaining([
        'INPUT_GREETING=blue moon',
        expect.stringMatching(/^INPUT_FOLDER=.*\/1\/s$/),
        'INPUT_CONNECTION=c1',
        'INPUT_LEFT_OUT=default of blue',
        'AGENT_VERSION=4.260.0',
        'SYSTEM_HOSTTYPE=build',
        'VSTS_SECRET_VARIABLES=["pw","System.AccessToken"]',
        'ENDPOINT_URL_c1=https://prod.example/',
        'ENDPOINT_AUTH_SCHEME_c1=UsernamePassword',
        'ENDPOINT_DATA_c1_ZONE=eu',
        `ENDPOINT_URL_SYSTEMVSSCONNECTION=${server.url}/`,
        'SECUREFILE_NAME_f1=key.pem',
        'COLOUR=blue',
        'secret length 9, of the connection 8, of the ticket 17',
        'public true',
        'token ***',
        `cwd ${workFolder}/1/s`,
      ]),
    );
    expect(job.results()).toMatchObject({ show: 'succeeded', again: 'succeeded' });
    expect(job.everything()).not.toMatch(/swordfish|hunter22|ticket-0123456789/);
    expect(server.gets).toHaveLength(1);
  });

  it('is told also what its task.json does not name, with a warning, and one for what is missing', async () => {
    const { server } = await scene();
    const inputs = [{ name: 'greeting', required: true }];
    const main = 'console.log("greeted " + process.env.INPUT_GREETIN)';
    const task = await servePackage(server, { ...NODE, inputs }, { 'main.js': main });
    const job = server.enqueue([{ name: 'typo', task, inputs: { greetin: 'hello' } }]);
    await job.finished;
    expect(job.logOf('typo')).toContain('greeted hello');
    expect(job.step('typo')?.issues.map(({ type, message }) => [type, message])).toEqual([
      ['warning', 'The task says that it requires its input "greeting", which is not given.'],
      ['warning', 'The task says nothing of an input "greetin": look at its name.'],
    ]);
  });

  it('fails by what it says, not by its exit code, and by a crash (LOG-14)', async () => {
    const { server } = await scene({
      agent: { stopTimings: { interruptMs: 300, terminateMs: 300, doneMs: 200 } },
    });
    const main = `
      const how = process.env.INPUT_HOW;
      if (how === 'said') console.log('##vso[task.complete result=Failed;]no luck');
      if (how === 'crash') process.exit(3);
      if (how === 'done') { console.log('##vso[task.complete result=Succeeded;done=true]'); setInterval(() => {}, 9); }
    `;
    const task = await servePackage(server, { ...NODE, inputs: [{ name: 'how' }] }, { 'main.js': main });
    const always = { condition: 'always()' };
    const job = server.enqueue(
      ['fine', 'said', 'crash', 'done'].map((how) => ({ name: how, task, inputs: { how }, ...always })),
    );
    await job.finished;
    expect(job.results()).toMatchObject({
      fine: 'succeeded',
      said: 'failed',
      crash: 'failed',
      done: 'succeeded',
    });
    expect(job.step('crash')?.issues[0]?.message).toBe("The task exited with code '3'.");
  });

  it('has parts before and after the steps that share its variables, the last step first (LOG-16, STEP-2)', async () => {
    const { server } = await scene();
    const part = (name: string): string =>
      `console.log('${name} sees ' + process.env.VSTS_TASKVARIABLE_SEEN);
       console.log('##vso[task.settaskvariable variable=seen]${name}');`;
    const manifest = {
      prejobexecution: { Node16: { target: 'pre.js' } },
      execution: { Node16: { target: 'main.js' } },
      postjobexecution: { Node16: { target: 'post.js' } },
    };
    const files = { 'pre.js': part('pre'), 'main.js': part('main'), 'post.js': part('post') };
    const task = await servePackage(server, manifest, files);
    const job = server.enqueue([
      script('fail', 'exit 1'),
      { name: 'a', task },
      { name: 'b', task, condition: 'always()' },
    ]);
    await job.finished;
    const order = job.facts.flatMap((fact) =>
      fact.kind === 'step' && fact.step.state === 'completed'
        ? [`${fact.step.name} ${fact.step.result}`]
        : [],
    );
    expect(order).toEqual([
      'initialize succeeded',
      'a:preJob succeeded',
      'b:preJob succeeded',
      'fail failed',
      'a skipped',
      'b succeeded',
      'b:postJob succeeded',
      'a:postJob succeeded',
      'finalize succeeded',
    ]);
    expect(job.text('b')).toContain('main sees pre');
    expect(job.text('b:postJob')).toContain('post sees main');
    expect(job.text('a:postJob')).toContain('post sees pre');
  });

  it('may tell the agent no more than its task.json allows (LOG-40, LOG-41)', async () => {
    const { server } = await scene();
    const manifest = {
      ...NODE,
      restrictions: { commands: { mode: 'restricted' }, settableVariables: { allowed: ['mine'] } },
    };
    const main = `for (const name of ['mine', 'other']) console.log('##vso[task.setvariable variable=' + name + ']1');
      console.log('##vso[build.addbuildtag]tag');`;
    const task = await servePackage(server, manifest, { 'main.js': main });
    const job = server.enqueue([{ name: 'set', task }, script('see', 'echo "[$MINE] [$OTHER]"')]);
    await job.finished;
    expect(job.text('see')).toContain('[1] []');
    expect(job.facts.some(({ kind }) => kind === 'tag')).toBe(false);
  });

  it('fails the job before its first step when it is not what was installed', async () => {
    const { server } = await scene();
    const task = await servePackage(server, NODE, { 'main.js': '' });
    const other = await servePackage(server, NODE, { 'main.js': 'process.exit(1)' });
    const hash = task.package?.sha256 ?? '';
    server.packages.set(hash, server.packages.get(other.package?.sha256 ?? '') ?? Buffer.alloc(0));
    const job = server.enqueue([{ name: 'never', task }]);
    const { result } = await job.finished;
    expect(result).toBe('failed');
    expect(job.step('initialize')?.issues[0]?.message).toMatch(
      /Greet@1\.2\.3 could not be fetched: It is (not what|longer)/,
    );
    expect(job.step('never')).toBeUndefined();
  });
});
