// One video: its picture with a play button, then the browser's own controls.
import { useRef, useState, type ReactNode } from "react";
import { useShowable } from "../showable.ts";
import { Icon } from "../ui/icon.tsx";

interface Props {
  readonly url: string;
  readonly poster: string | undefined;
  readonly label: string;
}

/** Plays nothing by itself. */
export function Player({ url, poster, label }: Props): ReactNode {
  const showable = useShowable();
  const ref = useRef<HTMLVideoElement>(null);
  const [isStarted, setStarted] = useState(false);
  const start = (): void => {
    setStarted(true);
    ref.current?.focus();
    // Refused where the browser cannot play it: the controls say so.
    void ref.current?.play().catch(() => undefined);
  };
  return (
    <>
      <video
        ref={ref}
        src={showable(url)}
        poster={poster === undefined ? undefined : showable(poster)}
        controls={isStarted}
        tabIndex={isStarted ? 0 : -1}
        loop
        playsInline
        preload="metadata"
        aria-label={label}
      />
      {!isStarted && (
        <button type="button" className="play" aria-label={`Play: ${label}`} onClick={start}>
          <Icon name="play" />
        </button>
      )}
    </>
  );
}
