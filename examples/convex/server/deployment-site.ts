// What a deployment serves beside its functions: the files of its storage, and HTTP actions. A deployment has another host for HTTP actions
// (`.convex.site`); here they are on the same one, under every path that does not begin with /api/.
import type { TestConvex } from "convex-test";
import type { GenericSchema, SchemaDefinition } from "convex/server";
import type { ModuleMap } from "./embedded-modules.ts";
import type { Identity } from "./tokens.ts";

/** What the site needs. */
export interface DeploymentSiteOptions {
  readonly t: TestConvex<SchemaDefinition<GenericSchema, boolean>>;
  readonly modules: ModuleMap;
  /** Called after anything that may have committed. */
  readonly onCommit: () => void;
}

/** Answers a request that names no function; undefined when there is nothing at its path. */
export type DeploymentSite = (request: Request, caller: Identity | undefined) => Promise<Response | undefined>;

const UPLOAD_PATH = "/api/storage/upload";
const FILE_PATH = /^\/api\/storage\/(.+)$/;

/** Builds the site. */
export function createDeploymentSite({ t, modules, onCommit }: DeploymentSiteOptions): DeploymentSite {
  const keep = async (request: Request): Promise<Response> => {
    const contentType = request.headers.get("content-type") ?? "application/octet-stream";
    const blob = new Blob([await request.arrayBuffer()], { type: contentType });
    const storageId = await t.run(async (ctx) => await ctx.storage.store(blob));
    onCommit();
    return Response.json({ storageId });
  };

  const read = async (sha256: string): Promise<Response | undefined> => {
    const found = await t.run(async (ctx) => {
      const files = await ctx.db.system.query("_storage").collect();
      const file = files.find((candidate) => candidate.sha256 === sha256);
      const blob = file === undefined ? null : await ctx.storage.get(file._id);
      return blob === null ? null : { bytes: await blob.arrayBuffer(), contentType: blob.type };
    });
    if (found === null) return undefined;
    return new Response(found.bytes, { headers: { "content-type": found.contentType } });
  };

  const act = async (request: Request, caller: Identity | undefined): Promise<Response | undefined> => {
    if (modules["./http.ts"] === undefined) return undefined;
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    const body = method === "GET" || method === "HEAD" ? {} : { body: await request.arrayBuffer() };
    const from = caller === undefined ? t : t.withIdentity({ ...caller });
    const response = await from.fetch(pathname + search, { method, headers, ...body });
    onCommit();
    return response;
  };

  return async (request, caller) => {
    const { pathname } = new URL(request.url);
    const [, sha256] = FILE_PATH.exec(pathname) ?? [];
    if (request.method === "POST" && pathname === UPLOAD_PATH) return await keep(request);
    if (request.method === "GET" && sha256 !== undefined) return await read(decodeURIComponent(sha256));
    return pathname.startsWith("/api/") ? undefined : await act(request, caller);
  };
}
