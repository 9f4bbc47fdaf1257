// The part of `aws4` that is used. It brings no types.
declare module "aws4" {
  interface Signed {
    readonly host: string;
    readonly path: string;
  }
  function sign(
    request: {
      readonly service: string;
      readonly region: string;
      readonly method: string;
      readonly host: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly signQuery: true;
    },
    key: { readonly accessKeyId: string; readonly secretAccessKey: string },
  ): Signed;
}
