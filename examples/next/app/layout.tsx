// The frame around every page, which Next requires.
import type { Metadata } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";

export const metadata: Metadata = { title: "Video routes" };

/** The font of the videos page, loaded before its text is shown (`--font` of its style sheet). */
const geist = localFont({
  src: "../../../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2",
  display: "optional",
  variable: "--font-geist",
  weight: "100 900",
});

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" className={geist.variable}>
      <body>{children}</body>
    </html>
  );
}
