import * as tl from 'azure-pipelines-task-lib/task';

tl.setVariable('colour', 'blue; green]%25', false, true);
tl.setVariable('pin', '4711-secret', true, true);
tl.setVariable('plain', 'for later steps');
tl.setTaskVariable('left', 'for the part after the job');
tl.setProgress(50, 'half way');
