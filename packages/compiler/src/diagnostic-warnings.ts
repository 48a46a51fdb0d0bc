import type { WarningCode } from './diagnostic-code.ts';
import type { DiagnosticRow } from './diagnostic-row.ts';

/** What is said of each code that does not refuse a file. */
export const warningRows: Readonly<Record<WarningCode, DiagnosticRow>> = {
  'name-reserved': warning(
    'The name is reserved; the documented language forbids it, although files with it run.',
    'Choose another name.',
    'jobs:\n- deployment: deploy',
  ),
  'run-number-not-allowed': warning(
    'The run number would have a character that run numbers cannot have, or end in `.`; the run would fail at its start.',
    'Leave out `" / \\ : < > \' | ? @ *` and a `.` at the end.',
    "name: 'docs/wiki $(Rev:r)'\nsteps: []",
  ),
  'pattern-matches-nothing': warning(
    'A pattern of a trigger can match nothing: it holds a variable, or a character that names of branches cannot have.',
    'Write the name itself. Triggers are looked at before any run, so variables mean nothing there.',
    'trigger:\n- release/$(version)\nsteps: []',
  ),
  'leg-renamed': warning(
    'A leg of a matrix has a name that no job can have, so it is called by its position.',
    'Begin with a letter; use letters, digits and `_`, at most 100 characters.',
    "strategy:\n  matrix:\n    'Python 3.12': { version: '3.12' }\nsteps:\n- script: make",
  ),
  'former-key': warning(
    'The key comes from the first preview of the language; another one has taken its place.',
    'Write the newer key.',
    'steps:\n- upload: out\n  artifact: drop',
  ),
  'manual-stage-depends': warning(
    'A manual stage can be started at any time, so its `dependsOn` has no effect.',
    'Remove `dependsOn`, or remove `trigger: manual`.',
    'stages:\n- stage: a\n  jobs: [{ job: x }]\n- stage: b\n  trigger: manual\n  dependsOn: a\n  jobs: [{ job: x }]',
  ),
  'lock-behavior-locks-nothing': warning(
    '`lockBehavior` of the pipeline makes no lock, and no stage uses anything that usually has one.',
    'Use a deployment job with an environment, or put `lockBehavior` on a named stage.',
    'lockBehavior: sequential\nsteps:\n- script: make',
  ),
  'always-in-skipped-stage': warning(
    '`always()` on a job does not help when its stage is skipped: the job is then skipped with it.',
    'Put the condition on the stage, too.',
    'stages:\n- stage: a\n  jobs:\n  - job: build\n- stage: b\n  jobs:\n  - job: clean\n    condition: always()',
  ),
  'no-time-to-clean-up': warning(
    '`cancelTimeoutInMinutes: 0` leaves a cancelled job no time; the documented range is 1 to 35,790.',
    'Write 1 or more, or remove the key: the default is 5.',
    'jobs:\n- job: a\n  cancelTimeoutInMinutes: 0',
  ),
  'skipped-ancestor': warning(
    'A stage or job with the default condition is skipped when any of its ancestors is, not only a direct dependency.',
    "Name what must have succeeded: `condition: succeeded('b')`.",
    [
      'jobs:',
      '- job: a',
      "  condition: eq(variables['full'], 'true')",
      '- job: b',
      '  dependsOn: a',
      '  condition: not(canceled())',
      '- job: c',
      '  dependsOn: b',
    ].join('\n'),
  ),
  'dependency-not-seen': warning(
    'An expression reads a stage or job that it cannot see, so it gets nothing, or is never true.',
    '`dependencies` has direct dependencies only; `succeeded(…)` and its like take names of ancestors.',
    "jobs:\n- job: a\n- job: b\n  condition: eq(dependencies.a.result, 'Failed')",
  ),
  'output-not-found': warning(
    'An expression reads an output of a step that does not exist, so it gets nothing.',
    "Give the step a `name`, and write `outputs['<step>.<variable>']`.",
    "jobs:\n- job: a\n  steps:\n  - script: ./version\n- job: b\n  dependsOn: a\n  condition: dependencies.a.outputs['version.changed']",
  ),
  'comparison-never-holds': warning(
    'Something is compared with text that it can never be.',
    'Compare it with one of its values.',
    "steps:\n- script: make\n  condition: eq(variables['Build.SourceBranch'], 'main')",
  ),
  'text-as-condition': warning(
    'Text stands where true or false is expected: all text but the empty one counts as true, also `false`.',
    "Compare it: `eq(variables['name'], 'true')`.",
    "variables:\n  deploy: false\nsteps:\n- script: make\n  condition: and(succeeded(), variables['deploy'])",
  ),
  'macro-in-condition': warning(
    'Macros `$(name)` are not replaced in conditions.',
    "Read the variable: `variables['name']`.",
    "steps:\n- script: make\n  condition: eq('$(target)', 'north')",
  ),
  'step-condition-fails': warning(
    'The condition of a step names something that agents do not know: the step fails.',
    'Steps know `variables` and the status functions without names. Map what they need to a variable of the job.',
    "steps:\n- script: make\n  condition: eq(dependencies.a.result, 'Failed')",
  ),
  'macro-of-expression': warning(
    'A macro names a parameter or a dependency; macros replace variables only.',
    'Write `${{ parameters.name }}`, or define a variable.',
    'steps:\n- script: echo $(parameters.target)',
  ),
  'expression-not-evaluated': warning(
    'A run-time expression `$[ ]` stands where nothing evaluates it.',
    'Define a variable whose whole value is the expression.',
    'steps:\n- script: echo $TARGET\n  env:\n    TARGET: $[ variables.target ]',
  ),
  'variable-not-known-yet': warning(
    'A template expression reads a variable that has no value before the run, so it finds nothing.',
    "Write `$(name)` where a step uses it, or `variables['name']` in a condition of the run.",
    "steps:\n- script: echo ${{ variables['Build.BuildId'] }}",
  ),
};

function warning(summary: string, help: string, example: string): DiagnosticRow {
  return { severity: 'warning', summary, help, example };
}
