/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";
import type * as asDeployed_generations from "../asDeployed/generations.js";
import type * as asDeployed_sessions from "../asDeployed/sessions.js";
import type * as asDeployed_users from "../asDeployed/users.js";
import type * as extras from "../extras.js";
import type * as generations from "../generations.js";
import type * as http from "../http.js";
import type * as model_caller from "../model/caller.js";
import type * as model_credits from "../model/credits.js";
import type * as model_deployedArgs from "../model/deployedArgs.js";
import type * as model_fields from "../model/fields.js";
import type * as model_holds from "../model/holds.js";
import type * as model_operations from "../model/operations.js";
import type * as model_plannedArgs from "../model/plannedArgs.js";
import type * as model_refusal from "../model/refusal.js";
import type * as model_rows from "../model/rows.js";
import type * as model_sessions from "../model/sessions.js";
import type * as model_slots from "../model/slots.js";
import type * as model_tables from "../model/tables.js";
import type * as reservations from "../reservations.js";
import type * as sessions from "../sessions.js";
import type * as users from "../users.js";
import type * as video from "../video.js";
import type * as videoBooks from "../videoBooks.js";
import type * as withOperationIds_generations from "../withOperationIds/generations.js";
import type * as withOperationIds_sessions from "../withOperationIds/sessions.js";
import type * as withOperationIds_users from "../withOperationIds/users.js";

/**
 * A utility for referencing Convex functions in your app's API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
declare const fullApi: ApiFromModules<{
  "asDeployed/generations": typeof asDeployed_generations;
  "asDeployed/sessions": typeof asDeployed_sessions;
  "asDeployed/users": typeof asDeployed_users;
  extras: typeof extras;
  generations: typeof generations;
  http: typeof http;
  "model/caller": typeof model_caller;
  "model/credits": typeof model_credits;
  "model/deployedArgs": typeof model_deployedArgs;
  "model/fields": typeof model_fields;
  "model/holds": typeof model_holds;
  "model/operations": typeof model_operations;
  "model/plannedArgs": typeof model_plannedArgs;
  "model/refusal": typeof model_refusal;
  "model/rows": typeof model_rows;
  "model/sessions": typeof model_sessions;
  "model/slots": typeof model_slots;
  "model/tables": typeof model_tables;
  reservations: typeof reservations;
  sessions: typeof sessions;
  users: typeof users;
  video: typeof video;
  videoBooks: typeof videoBooks;
  "withOperationIds/generations": typeof withOperationIds_generations;
  "withOperationIds/sessions": typeof withOperationIds_sessions;
  "withOperationIds/users": typeof withOperationIds_users;
}>;
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;
