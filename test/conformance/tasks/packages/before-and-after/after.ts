import * as tl from 'azure-pipelines-task-lib/task';
import { unlinkSync } from 'node:fs';

const file = tl.getTaskVariable('kept') ?? '';
unlinkSync(file);
console.log(`removed after ${tl.getVariable('Agent.JobStatus')}`);
