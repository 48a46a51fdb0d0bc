import type { ErrorCode } from './diagnostic-code.ts';
import type { DiagnosticRow } from './diagnostic-row.ts';

/** What is said of each code that refuses a file. */
export const errorRows: Readonly<Record<ErrorCode, DiagnosticRow>> = {
  'file-not-found': error(
    'The pipeline file is not there.',
    'Check the path: it is relative to the root of the repository, uses `/`, and letter case matters.',
    'A definition that names `pipelines/deploy.yml` on a branch without that file.',
  ),
  'file-too-large': error(
    'The file has more than 1,048,576 bytes.',
    'Move long scripts into files of the repository and call them.',
    'A generated file of 2 MB.',
  ),
  'too-deep': error(
    'Lists and mappings are nested more than 100 levels deep.',
    'Flatten the structure.',
    'A value with 101 brackets inside each other.',
  ),
  'too-many-keys': error(
    'One mapping has more than 10,000 keys.',
    'Split the mapping.',
    'A `variables` mapping with 10,001 names.',
  ),
  'too-many-tokens': error(
    'The file holds more pieces of YAML than one pipeline file may have.',
    'Split the pipeline, or generate fewer steps.',
    'A file of 1 MB that consists of commas.',
  ),
  'too-many-diagnostics': error(
    'There are more mistakes than are listed.',
    'Mend those that are listed and compile again.',
    'A file in which 101 keys are misspelt.',
  ),
  'plan-too-large': error(
    'The pipeline has more stages, jobs or dependencies than one run may have.',
    'Split the pipeline. A stage may have 256 jobs, a run 1,000 stages and 5,000 jobs.',
    'A stage with 257 jobs.',
  ),
  'expansion-too-large': error(
    'Templates and loops make more than one pipeline may hold: 100 files, 200,000 values or 10 million characters; or its expressions look at more than 5 million entries of lists and mappings.',
    'Look for loops in loops and for templates that include each other many times.',
    'An `each` in an `each` in an `each`, over a hundred items each.',
  ),
  'character-not-allowed': error(
    'The text holds a control character or half of a character.',
    'Save the file as UTF-8 and remove the character.',
    'script: "echo \\0"',
  ),
  'tab-indent': error('A tab is used for indentation.', 'Indent with spaces.', 'steps:\n\t- script: make'),
  'yaml-syntax': error(
    'The text is not well-formed YAML.',
    'Mend the text at this position; nothing else of the file was examined.',
    'steps: [',
  ),
  'yaml-anchor': error(
    'YAML anchors (`&name`) are not part of the language.',
    'Repeat the value.',
    'pool: &p Default',
  ),
  'yaml-alias': error(
    'YAML aliases (`*name`) are not part of the language.',
    'Repeat the value; quote text that begins with `*`.',
    'pool: *p',
  ),
  'yaml-merge-key': error(
    'The YAML merge key `<<` is not part of the language.',
    'Write the keys out.',
    'env:\n  <<: { A: b }',
  ),
  'yaml-tag': error(
    'YAML tags (`!name`) are not part of the language.',
    'Remove the tag; quote text that begins with `!`.',
    'pool: !!str Default',
  ),
  'yaml-complex-key': error(
    'A mapping key must be plain text on one line.',
    'Write `key: value`.',
    '? [a, b]\n: c',
  ),
  'yaml-directive': error(
    'YAML directives (`%NAME`) are not part of the language.',
    'Remove the line.',
    '%YAML 1.1\n---\nsteps: []',
  ),
  'yaml-multiple-documents': error(
    'A file holds one YAML document.',
    'Remove everything from the second `---` on.',
    'steps:\n- script: make\n---\nsteps: []',
  ),
  'key-too-long': error(
    'A key has more than 1,024 characters.',
    'Shorten the key.',
    'A key of 2,000 letters.',
  ),
  'duplicate-key': error(
    'The key is already defined in this mapping; keys that differ only in letter case count as the same.',
    'Remove one of the two.',
    'variables:\n  name: a\n  NAME: b',
  ),
  'unexpected-key': error(
    'The key does not exist at this place.',
    'Remove the key, or move it to where it belongs.',
    'step:\n- script: make',
  ),
  'not-supported-yet': {
    ...error(
      'The file is right, but this version of Signalbox cannot run what it asks for yet; no run is made.',
      'Leave it out to run the file here today.',
      'jobs:\n- job: tell\n  pool: server\n  steps:\n  - task: PublishToAzureServiceBus@1',
    ),
    foundBy: 'queueing',
  },
  'missing-key': error('A required key is missing.', 'Add the key.', 'stages:\n- stage: build'),
  'conflicting-keys': error(
    'Two keys exclude each other.',
    'Keep one of them.',
    'steps:\n- script: make\njobs: []',
  ),
  'first-key': error(
    'A list item begins with a key that does not say what the item is.',
    'Write the key that names the kind of item first.',
    'steps:\n- displayName: Build\n  script: make',
  ),
  'wrong-shape': error(
    'A value has the wrong shape: text, a list or a mapping was expected.',
    'Write the expected shape.',
    'steps: make',
  ),
  'wrong-value': error(
    'The value is not one of those that are allowed.',
    'Use an allowed value.',
    'lockBehavior: latest',
  ),
  'out-of-range': error(
    'A number is outside its range.',
    'Use a number inside the range.',
    'jobs:\n- job: a\n  cancelTimeoutInMinutes: 35791',
  ),
  'name-invalid': error(
    'The name has characters that names cannot have, or is too long.',
    'Use letters, digits and `_`, not beginning with a digit, at most 100 characters; `displayName` takes any text.',
    'stages:\n- stage: build it',
  ),
  'name-not-unique': error(
    'Two siblings have the same name; names that differ only in letter case count as the same.',
    'Rename one of the two.',
    'jobs:\n- job: a\n- job: A',
  ),
  'dependency-not-found': error(
    '`dependsOn` names something that does not exist at this level.',
    'Stages depend on stages, jobs on jobs of the same stage; use the name, not the display name.',
    'jobs:\n- job: test\n  dependsOn: biuld',
  ),
  'graph-contains-cycle': error(
    'The dependencies run in a circle, so nothing in it could ever start.',
    'Remove one of the dependencies of the circle.',
    'jobs:\n- job: a\n- job: b\n  dependsOn: c\n- job: c\n  dependsOn: b',
  ),
  'starting-point-not-found': error(
    'Every stage, or every job of a stage, depends on another one, so nothing could start.',
    'Give at least one of them `dependsOn: []`.',
    'jobs:\n- job: a\n  dependsOn: b\n- job: b\n  dependsOn: a',
  ),
  'expression-invalid': error(
    'An expression is not well-formed, or uses a name or function that does not exist at this place.',
    'Mend the expression.',
    'jobs:\n- job: a\n  condition: success()',
  ),
  'expression-not-closed': error(
    'A template expression has no end.',
    'Close it with `}}`, and close every quote before that.',
    'steps:\n- script: echo ${{ variables.x }',
  ),
  'expression-not-allowed': error(
    'A template expression cannot stand here: the value must be known from the text alone.',
    'Write the value itself.',
    'trigger:\n- ${{ variables.branch }}\nsteps: []',
  ),
  'directive-invalid': error(
    'A directive (`if`, `elseif`, `else`, `each`, `insert`) is not well-formed or stands where it cannot.',
    'A directive is a key with a colon; `elseif` and `else` follow an `if`; `each` is `each name in collection`.',
    'steps:\n- ${{ else }}:\n  - script: make',
  ),
  'parameter-missing': error(
    'A parameter has neither a value nor a default.',
    'Pass a value, or declare a default.',
    'parameters:\n- name: target\nsteps: []',
  ),
  'parameter-unknown': error(
    'A value is passed for a parameter that is not declared.',
    'Remove it, or declare it under `parameters` of the file that takes it.',
    'A run queued with the parameter `tagret` where `target` is declared.',
  ),
  'parameter-value-invalid': error(
    'A value does not fit the type of its parameter or is not one of its allowed values.',
    'Give a value of that type.',
    'parameters:\n- name: count\n  type: number\n  default: many\nsteps: []',
  ),
  'template-not-found': error(
    'The file of a template is not there.',
    'The path is relative to the file that names it; with a leading `/`, or with `@` and another repository, to the root.',
    'A step `template: steps/biuld.yml` where the folder has `build.yml`.',
  ),
  'template-path-invalid': error(
    'The path of a template leaves its repository.',
    'Move the template into a repository, and name that one behind `@`.',
    'steps:\n- template: ../../build.yml',
  ),
  'template-invalid': error(
    'A file cannot be included here.',
    'Under `steps` a template has `steps`, under `jobs` `jobs`, under `stages` `stages`, under `variables` `variables`.',
    'A template with `jobs` that is included under `steps`.',
  ),
  'repository-unavailable': error(
    'A declared repository cannot be read.',
    'Check its name, its branch and the access to it.',
    'A template `build.yml@tools` where the repository `tools` does not exist.',
  ),
  'resource-not-found': {
    ...error(
      'A service connection or a variable group that the pipeline uses does not exist.',
      'Correct the name, or have an administrator make it.',
      'variables:\n- group: nowhere\nsteps:\n- script: make',
    ),
    foundBy: 'queueing',
  },
  'task-not-installed': {
    ...error(
      'The task of a step is neither built in nor installed in the version that it names.',
      'Correct the name, or have an administrator install the package: `signalbox task install FOLDER`.',
      'steps:\n- task: CopyFile@2',
    ),
    foundBy: 'queueing',
  },
  'task-not-usable': {
    ...error(
      'The task of a step cannot run on an agent here: its package has no Node handler, or it runs on the server.',
      'Use another task, or another version of it.',
      'steps:\n- task: Delay@1\n  inputs:\n    delayForMinutes: 1',
    ),
    foundBy: 'queueing',
  },
  'variable-name-invalid': error(
    'The variable has a name that belongs to the system or that cannot be used.',
    'Rename the variable.',
    'variables:\n  system.debug.more: 1',
  ),
  'environment-not-known': error(
    'The name of an environment must be known when the pipeline is compiled.',
    'Write the name, or use a variable of the pipeline level whose value is plain text.',
    'jobs:\n- deployment: go\n  environment: $(unknown)',
  ),
  'environment-not-found': error(
    'A preview deploys to an environment that does not exist.',
    'Mend the name, or make the environment; a run makes the environments that it lacks, a preview makes none.',
    'A preview of `environment: prodution` where only `production` exists.',
  ),
  'demand-invalid': error(
    'A demand is `capability` or `capability -equals value`.',
    'Write the demand in one of the two forms.',
    'pool:\n  name: Default\n  demands: node -gt 20',
  ),
  'task-reference-invalid': error(
    'A task is named `Name@version`.',
    'Write the name, `@` and the major version.',
    'steps:\n- task: Npm',
  ),
  'step-needs-agent': error(
    'A job on the server has no agent, so it cannot run this step.',
    'Give the job a pool of agents, or use a task that runs on the server.',
    'jobs:\n- job: a\n  pool: server\n  steps:\n  - script: make',
  ),
  'run-number-invalid': error(
    'The run-number format is not well-formed.',
    'Use text and tokens such as `$(Date:yyyyMMdd)` and `$(Rev:r)`.',
    'name: $(Rev:x)',
  ),
  'schedule-invalid': error(
    'A schedule is not five well-formed cron fields: minute, hour, day of month, month, day of week.',
    'Write five fields, for example `0 3 * * 1-5`; Sunday is 0.',
    'schedules:\n- cron: "every night"',
  ),
  'repository-unknown': error(
    'No repository of that alias is declared.',
    'Declare it under `resources.repositories`, or use `self`.',
    'steps:\n- checkout: tools',
  ),
  'container-not-found': error(
    'No container of that alias is declared.',
    'Declare it under `resources.containers`.',
    'steps:\n- script: make\n  target: builder',
  ),
  'stage-to-skip-unknown': error(
    'A stage to skip does not exist in the pipeline.',
    'Use the names of stages, not their display names.',
    'A run queued with `stagesToSkip: ["tset"]`.',
  ),
  'stage-not-skippable': error(
    'A stage to skip says `isSkippable: false`.',
    'Queue the run with that stage.',
    'A run queued with `stagesToSkip: ["test"]` where `test` says `isSkippable: false`.',
  ),
};

function error(summary: string, help: string, example: string): DiagnosticRow {
  return { severity: 'error', summary, help, example };
}
