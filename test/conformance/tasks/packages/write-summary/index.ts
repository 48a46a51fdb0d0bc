import * as tl from 'azure-pipelines-task-lib/task';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = tl.getVariable('Agent.TempDirectory') ?? '.';
const file = join(folder, 'summary.md');
writeFileSync(file, '# Deployed\n\nAll **3** services.\n');
tl.uploadSummary(file);
tl.addAttachment('example.attachment', 'note', file);
tl.warning('one thing to look at');
