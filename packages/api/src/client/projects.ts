import { ROUTES } from '../routes/table.ts';
import type { Paged, WireProject } from '../wire/common.ts';
import type { MeView, NewToken, NewTokenView, TokenView } from '../wire/signalbox.ts';
import type { Transport } from './transport.ts';

/** The organisation: who calls, projects, tokens. */
export interface ProjectsClient {
  /** In a project, or without one on the organisation: roles in projects count in those alone. */
  me(project?: string): Promise<MeView>;
  listProjects(): Promise<Paged<WireProject>>;
  /** By name in any letter case, or by id. */
  getProject(project: string): Promise<WireProject>;
  /** Creation is an operation; the answer is the project once it is there. */
  createProject(project: { readonly name: string; readonly description?: string }): Promise<WireProject>;
  /** With all that is in it; refused while runs or locks are at work. */
  deleteProject(project: string): Promise<void>;
  listTokens(): Promise<Paged<TokenView>>;
  createToken(token: NewToken): Promise<NewTokenView>;
  revokeToken(id: number): Promise<void>;
  /** Turns the token into this browser's session. */
  signIn(token: string): Promise<void>;
  signOut(): Promise<void>;
}

/** The calls of `ProjectsClient`. */
export function projectsClient(transport: Transport): ProjectsClient {
  return {
    me: (project) => transport.json(ROUTES.me, { path: project === undefined ? {} : { project } }),
    listProjects: () => transport.page(ROUTES.listProjects),
    getProject: (projectId) => transport.json(ROUTES.getProject, { path: { projectId } }),
    async createProject(body) {
      // The server answers once the project is there; the operation is a formality that clients expect.
      await transport.json(ROUTES.createProject, { body });
      return transport.json(ROUTES.getProject, { path: { projectId: body.name } });
    },
    async deleteProject(projectId) {
      await transport.json(ROUTES.deleteProject, { path: { projectId } });
    },
    listTokens: () => transport.page(ROUTES.listTokens),
    createToken: (body) => transport.json(ROUTES.createToken, { body }),
    revokeToken: (tokenId) => transport.json(ROUTES.revokeToken, { path: { tokenId } }),
    signIn: (token) => transport.json(ROUTES.signInWithToken, { body: { token } }),
    signOut: () => transport.json(ROUTES.signOut, { body: {} }),
  };
}
