// The families of the deployed server: where each is submitted, where it is asked about, and how a job is called there.

/** A family of models. */
export interface Family {
  readonly submit: string;
  readonly status: string;
  readonly idName: "taskId" | "requestId";
}

const FAL: Family = {
  submit: "/api/mobile/generate-video",
  status: "/api/fal-generate-videos/status",
  idName: "requestId",
};
const kie = (name: string): Family => ({
  submit: `/api/mobile/${name}`,
  status: `/api/${name}/status`,
  idName: "taskId",
});

/** The models that are not at fal's routes. */
const OTHERS: Readonly<Record<string, Family>> = {
  "kie-sora-2": kie("kie-sora-2"),
  "kie-wan-2.5": kie("kie-wan-2.5"),
  "kie-seedance-1.5-pro": kie("kie-seedance-1.5-pro"),
  "pixverse-v5": { ...FAL, submit: "/api/mobile/pixverse-video" },
};

/** The family of a model. A transition belongs to that of its model. */
export function familyOf(model: unknown): Family {
  return OTHERS[String(model).replace(/-transition$/, "")] ?? FAL;
}

/** Where the web app submits what its mobile client submits at a path. */
export function webPathOf(mobilePath: string): string {
  return mobilePath === FAL.submit ? "/api/fal-generate-videos" : mobilePath.replace("/mobile/", "/");
}
