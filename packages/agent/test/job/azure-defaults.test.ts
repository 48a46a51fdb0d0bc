import { describe, expect, it } from 'vitest';
import { script } from '../support/fake-server.ts';
import { scene } from '../support/scene.ts';

describe('the Azure CLI in a step (U4)', () => {
  it('finds the organisation and the project of the job, and no token', async () => {
    const { server, workFolder } = await scene();
    const job = server.enqueue([
      script('reads', 'echo "in $AZURE_DEVOPS_EXT_CONFIG_DIR"; cat "$AZURE_DEVOPS_EXT_CONFIG_DIR/config"'),
    ]);
    expect((await job.finished).result).toBe('succeeded');
    expect(job.text('reads')).toContain(`in ${workFolder}/_temp/azure-devops\n`);
    expect(job.text('reads')).toMatch(
      /^\[defaults\]\norganization = http:\/\/127\.0\.0\.1:\d+\/.*\nproject = /m,
    );
  });

  it('takes settings of the step instead, where it has some', async () => {
    const { server } = await scene();
    const env = { AZURE_DEVOPS_EXT_CONFIG_DIR: '/elsewhere' };
    const job = server.enqueue([script('own', 'echo "in $AZURE_DEVOPS_EXT_CONFIG_DIR"', { env })]);
    expect((await job.finished).result).toBe('succeeded');
    expect(job.text('own')).toContain('in /elsewhere\n');
  });

  it('does not see what a job before has set', async () => {
    const { server } = await scene();
    const before = server.enqueue([
      script(
        'sets',
        'echo "[core]" >> "$AZURE_DEVOPS_EXT_CONFIG_DIR/config"; touch "$AZURE_DEVOPS_EXT_CONFIG_DIR/pat"',
      ),
    ]);
    await before.finished;
    const after = server.enqueue([
      script('looks', 'ls "$AZURE_DEVOPS_EXT_CONFIG_DIR"; cat "$AZURE_DEVOPS_EXT_CONFIG_DIR/config"'),
    ]);
    expect((await after.finished).result).toBe('succeeded');
    expect(after.text('looks')).toMatch(/^config\n\[defaults\]/m);
    expect(after.text('looks')).not.toContain('[core]');
  });
});
