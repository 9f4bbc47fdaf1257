// Lets components hand values to the stylesheets.
import "react";

declare module "react" {
  interface CSSProperties {
    "--composer"?: string;
    "--height"?: string;
    "--hue"?: number;
    "--ratio"?: number;
  }
}
