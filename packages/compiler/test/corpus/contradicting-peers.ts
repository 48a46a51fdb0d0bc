/**
 * Cases of other tools that a documented rule (D) or a recorded fact of the service contradicts: there the compiler
 * follows the rule, and these cases turn out otherwise. At most 30 are allowed.
 */
export const CONTRADICTING_PEERS: Readonly<Record<string, string>> = {
  'battlefield/pipeline-parameters':
    'REC-70: reading a parameter that is not declared is an error, in the root, too',

  // Fragments that no service would run.
  'language-server/validates-empty-files': 'YAML-5: a pipeline has one of stages, jobs, steps, extends',
  'language-server/validates-pipelines-with-unfinished-conditional-variable-checks':
    'YAML-5: there are no steps',
  'language-server/validates-pipelines-with-unfinished-conditionally-inserted-variables':
    'YAML-5, REC-20: there are no steps, and a body that is text',

  'runner-server/canary-deployment-strategy':
    'STEPY-6: a script needs an agent, and its hook is on the server',
  'runner-server/extends-variables-error':
    'TPL-4: a template that is extended may contain variables beside those of the root',
  'runner-server/substring-function': '4.4: the table of functions has no substring',
  'runner-server/substring-function-1': '4.4: the table of functions has no substring',
  'runner-server/syntax-validation-do-not-report-unknown-function-error-if-true':
    'REC-6, REC-102: a check of syntax alone; as a step IsNull is an unknown key, and unknown an unknown name',
  'runner-server/syntax-validation-report-condition-error-of-template-parameter':
    'REC-137: conditions of steps resolve no names at compile time',
  'runner-server/verify-if-false-no-error':
    'EXPR-6: an unknown name is an error of the expression, wherever it stands',

  'service-unittests-2018/JobPool_FromJob': 'POOL-3: the operators of demands are presence and -equals',
  'service-unittests-2018/JobPool_FromLegacyPhase_LegacyQueue':
    'POOL-3: the operators of demands are presence and -equals',
  'service-unittests-2018/PipelineResources_Containers': 'YAML-5: there are no steps',
  'service-unittests-2018/PipelineTrigger_None': 'YAML-5: there are no steps',
  // The parser of 2018 alone did not look at what tasks need.
  'service-unittests-2018/JobCancelTimeoutInMinutes_FromImpliedJob_LegacyServer':
    'STEPY-6: Bash needs an agent',
  'service-unittests-2018/JobCancelTimeoutInMinutes_FromLegacyPhase_LegacyServer':
    'STEPY-6: Bash needs an agent',
  'service-unittests-2018/JobPool_FromImpliedJob_LegacyServer': 'STEPY-6: Bash needs an agent',
  'service-unittests-2018/JobStrategy_Matrix_FromImpliedJob_LegacyServer': 'STEPY-6: Bash needs an agent',
  'service-unittests-2018/JobStrategy_Matrix_FromLegacyPhase_LegacyServer': 'STEPY-6: Bash needs an agent',
  'service-unittests-2018/JobStrategy_Parallel_FromImpliedJob_LegacyServer': 'STEPY-6: Bash needs an agent',
  'service-unittests-2018/JobTimeoutInMinutes_FromImpliedJob_LegacyServer': 'STEPY-6: Bash needs an agent',
  'service-unittests-2018/JobTimeoutInMinutes_FromLegacyPhase_LegacyServer': 'STEPY-6: Bash needs an agent',
  // Repositories of 2018: without name, of type tfsgit or tfsversioncontrol.
  'service-unittests-2018/PipelineResources_Repositories':
    'RSRC-5: the types are git, github, githubenterprise, bitbucket',
  'service-unittests-2018/Templates_General_ReferenceToAnotherRepository':
    'RSRC-5: the types are git, github, githubenterprise, bitbucket',
  'service-unittests-2018/Templates_General_ReferenceToSelfRepository':
    'RSRC-5: the types are git, github, githubenterprise, bitbucket',
  'service-unittests-2018/Templates_JobTemplates_FollowsCurrentDirectory': 'RSRC-5: a repository has a name',
  'service-unittests-2018/Templates_StepTemplates_FollowsCurrentDirectory': 'RSRC-5: a repository has a name',
  'service-unittests-2018/Templates_JobTemplates_PreservesJobOrder_NestedTemplates':
    'NAME-1: no name of a job begins with a digit',
};
