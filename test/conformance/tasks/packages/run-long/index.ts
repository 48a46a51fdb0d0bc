import * as tl from 'azure-pipelines-task-lib/task';

async function run(): Promise<void> {
  const node = tl.tool(process.execPath);
  const script = `let n = 0; const timer = setInterval(() => { console.log('child line ' + ++n); if (n >= ${Number(tl.getInput('lines'))}) { clearInterval(timer); console.error('child is done'); process.exitCode = 3; } }, 20);`;
  node.arg(['-e', script]);
  const code = await node.execAsync({ ignoreReturnCode: true, failOnStdErr: false });
  tl.setResult(
    code === 3 ? tl.TaskResult.SucceededWithIssues : tl.TaskResult.Failed,
    `the child ended with ${code}`,
  );
}

void run();
