// `@video-engine/video-sdk/testing`: simulated time, fakes, simulated providers, and contract suites. Imports no test runner.
export { createTestEngine, type TestEngine, type TestEngineOptions } from "./create-test-engine.ts";
export type { FakeBooks, FakeRow, FakeSlot } from "./fake-books.ts";
export { createFakeLedger, type FakeLedger, type FakeLedgerOptions, type LedgerMethod } from "./fake-ledger.ts";
export {
  createFakeVideoApi,
  type FakeJob,
  type FakeVideoApi,
  type FakeVideoApiOptions,
  type JobScenario,
} from "./fake-video-api.ts";
export type { Fault } from "./fault.ts";
export type { ContractCase, LostCall } from "./contracts/contract-case.ts";
export {
  idempotencyStoreContract,
  type IdempotencyStoreContractOptions,
} from "./contracts/idempotency-store-contract.ts";
export {
  keyValueStorageContract,
  type KeyValueStorageContractOptions,
} from "./contracts/key-value-storage-contract.ts";
export type { LedgerBooks, LedgerBooksRow, LedgerUnderTest } from "./contracts/ledger-under-test.ts";
export type { VideoApiUnderTest } from "./contracts/video-api-checks.ts";
export { videoApiContract, type VideoApiContractOptions } from "./contracts/video-api-contract.ts";
export { videoLedgerContract, type VideoLedgerContractOptions } from "./contracts/video-ledger-contract.ts";
export { createSeededRandom } from "./seeded-random.ts";
export { createTestClock, type TestClock } from "./test-clock.ts";
export { BAD_GATEWAY, type CallFault } from "./providers/call-fault.ts";
export type { DueWebhook, WebhookFault } from "./providers/due-webhooks.ts";
export { createProviderFetch, type ProviderFetch, type SimulatedProvider } from "./providers/create-provider-fetch.ts";
export { createFakeFal, type FakeFal, type FakeFalJob, type FakeFalOptions } from "./providers/fake-fal.ts";
export { createFakeKie, type FakeKie, type FakeKieOptions, type FakeKieTask } from "./providers/fake-kie.ts";
export {
  createFakeOpenrouter,
  type FakeOpenrouter,
  type FakeOpenrouterJob,
  type FakeOpenrouterOptions,
  type OpenrouterJob,
  type OpenrouterJobState,
} from "./providers/fake-openrouter.ts";
export {
  OPENROUTER_SCENARIOS,
  type OpenrouterEnd,
  type OpenrouterScenario,
  type OpenrouterScenarioName,
} from "./providers/openrouter-scenarios.ts";
export {
  createFakeWavespeed,
  type FakeWavespeed,
  type FakeWavespeedOptions,
  type FakeWavespeedTask,
} from "./providers/fake-wavespeed.ts";
export { FAL_SCENARIOS, type FalFailure, type FalScenario, type FalScenarioName } from "./providers/fal-scenarios.ts";
export type { FalJob, FalJobState } from "./providers/fal-job.ts";
export type { FalUpload } from "./providers/fal-storage.ts";
export { KIE_SCENARIOS, type KieScenario, type KieScenarioName } from "./providers/kie-scenarios.ts";
export type { KieTask, KieTaskState } from "./providers/kie-task.ts";
export {
  WAVESPEED_SCENARIOS,
  type WavespeedEnd,
  type WavespeedScenario,
  type WavespeedScenarioName,
} from "./providers/wavespeed-scenarios.ts";
export type { WavespeedTask, WavespeedTaskState } from "./providers/wavespeed-task.ts";

export {
  createDeployedServer,
  DEPLOYED_URL,
  type DeployedAnswer,
  type DeployedJob,
  type DeployedServer,
  type DeployedServerOptions,
} from "./deployed/create-deployed-server.ts";
export { DEPLOYED_REQUESTS, type DeployedRequest } from "./deployed/deployed-requests.ts";
