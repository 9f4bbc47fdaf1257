// Lets components hand values to the stylesheets.
import "react";

declare module "react" {
  interface CSSProperties {
    "--hue"?: number;
    "--ratio"?: number;
  }
}
