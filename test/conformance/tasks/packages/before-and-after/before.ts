import * as tl from 'azure-pipelines-task-lib/task';
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';

const id = tl.getInputRequired('file');
const base = tl.getEndpointUrl('SYSTEMVSSCONNECTION', false) ?? '';
const token = tl.getEndpointAuthorizationParameter('SYSTEMVSSCONNECTION', 'AccessToken', false) ?? '';
const project = tl.getVariable('System.TeamProject') ?? '';
const ticket = encodeURIComponent(tl.getSecureFileTicket(id) ?? '');
const url = `${base}${encodeURIComponent(project)}/_apis/distributedtask/securefiles/${id}?download=true&ticket=${ticket}`;
const request = { headers: { authorization: `Basic ${Buffer.from(`:${token}`).toString('base64')}` } };
get(url, request, (response) => {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => {
    if (response.statusCode !== 200)
      return tl.setResult(tl.TaskResult.Failed, `the server answered ${response.statusCode}`);
    const file = join(tl.getVariable('Agent.TempDirectory') ?? '.', tl.getSecureFileName(id) ?? 'file');
    writeFileSync(file, Buffer.concat(chunks));
    tl.setTaskVariable('kept', file);
    tl.setResult(tl.TaskResult.Succeeded, 'kept');
  });
});
