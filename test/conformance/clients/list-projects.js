// A client that speaks with dev.azure.com through the proxy that HTTPS_PROXY names.
import { getPersonalAccessTokenHandler, WebApi } from 'azure-devops-node-api';

const { HTTPS_PROXY: proxyUrl, ORGANIZATION_URL, TOKEN = '' } = process.env;
const api = new WebApi(ORGANIZATION_URL, getPersonalAccessTokenHandler(TOKEN), { proxy: { proxyUrl } });
const core = await api.getCoreApi();
const projects = await core.getProjects();
console.log(JSON.stringify(projects.map(({ name }) => name)));
