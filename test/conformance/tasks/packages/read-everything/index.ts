import * as tl from 'azure-pipelines-task-lib/task';

tl.assertAgent('2.144.0');
const greeting = tl.getInputRequired('greeting');
console.log(tl.getBoolInput('shout') ? greeting.toUpperCase() : greeting);
console.log(`folder ${tl.getPathInput('folder')}`);
const service = tl.getInputRequired('service');
const authorization = tl.getEndpointAuthorization(service, false);
console.log(`service ${tl.getEndpointUrl(service, false)} ${authorization?.scheme}`);
const password = tl.getEndpointAuthorizationParameter(service, 'password', false);
console.log(`password of ${password?.length} characters: ${password}`);
console.log(
  `secret variable of ${tl.getVariable('deployKey')?.length} characters: ${tl.getVariable('deployKey')}`,
);
const info = tl.getVariables().find(({ name }) => name === 'deployKey');
console.log(
  `it is ${info?.secret ? 'secret' : 'open'}, and in the environment: ${process.env['SECRET_DEPLOYKEY'] !== undefined}`,
);
console.log(`plain ${tl.getVariable('Build.DefinitionName')}`);
tl.setResult(tl.TaskResult.Succeeded, 'read');
