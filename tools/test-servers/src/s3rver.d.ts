// The part of s3rver that the tests use. It has no types of its own.
declare module "s3rver" {
  export default class S3rver {
    static readonly defaultOptions: unknown;
    constructor(options: {
      readonly address: string;
      readonly port: number;
      readonly silent: boolean;
      readonly directory: string;
      readonly configureBuckets: readonly { readonly name: string }[];
    });
    run(): Promise<{ readonly address: string; readonly port: number }>;
    close(): Promise<void>;
  }
}
