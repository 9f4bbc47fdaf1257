// The page: sessions at the side, the grid, the prompt bar over it.
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from "react";
import { Composer } from "./composer/composer.tsx";
import { CreditsBadge } from "./credits-badge.tsx";
import { useDraft } from "./composer/use-draft.ts";
import { useSessions } from "./first/first-content.ts";
import { Announcer } from "./grid/announcer.tsx";
import { useContent, type Content } from "./grid/use-content.ts";
import { VideoGrid } from "./grid/video-grid.tsx";
import { closeLarge, sessionInAddress, useLargeId } from "./large/address.ts";
import { usePreload } from "./preload.ts";
import { EditableTitle } from "./sessions/editable-title.tsx";
import { SessionDrawer } from "./sessions/session-drawer.tsx";
import { SessionList } from "./sessions/session-list.tsx";
import type { TileActions } from "./tile/tile-actions.ts";
import { useTileActions, type ChangeDraft } from "./tile/use-tile-actions.ts";
import { useWaitingNotes } from "./ui/notify.ts";
import { WORDS } from "./words.ts";

const LargeView = lazy(async () => ({ default: (await import("./large/large-view.tsx")).LargeView }));
const Toaster = lazy(async () => ({ default: (await import("./ui/toaster.tsx")).Toaster }));

/** The whole page. Holds the draft, which the grid can fill too. */
export function VideosPage(): ReactNode {
  const [draft, setDraft] = useDraft();
  const prompt = useRef<HTMLTextAreaElement>(null);
  const stage = useRef<HTMLElement>(null);
  const main = useRef<HTMLElement>(null);
  const content = useContent();
  const change = useCallback<ChangeDraft>(
    (next) => {
      closeLargeIfOpen();
      setDraft(next);
      prompt.current?.focus();
    },
    [setDraft],
  );
  const actions = useTileActions(change);
  useSessionOfAddress();
  usePreload();
  useRoomBelow(main);
  return (
    <div className="page">
      <aside className="sidebar">
        <p className="brand">
          <img src="/icon.svg" alt="" width="28" height="28" /> {WORDS.page.name}
        </p>
        <SessionList />
      </aside>
      <main ref={main} className="main">
        <header className="topbar">
          <SessionDrawer />
          <EditableTitle />
          <CreditsBadge />
        </header>
        <section ref={stage} className="stage" aria-label={WORDS.page.ofSession}>
          <VideoGrid
            content={content}
            actions={actions}
            scroller={stage}
            onIdea={(idea) => change((before) => ({ ...before, prompt: idea }))}
          />
        </section>
        <Composer draft={draft} onChange={setDraft} promptRef={prompt} />
      </main>
      <Announcer />
      <Overlays content={content} actions={actions} />
    </div>
  );
}

interface OverlaysProps {
  readonly content: readonly Content[];
  readonly actions: TileActions;
}

/** What stands over the page, loaded when it is first needed. */
function Overlays({ content, actions }: OverlaysProps): ReactNode {
  const largeId = useLargeId();
  const hasNotes = useWaitingNotes().length > 0;
  const [isToasterWanted, setToasterWanted] = useState(false);
  if (hasNotes && !isToasterWanted) setToasterWanted(true);
  return (
    <Suspense fallback={null}>
      {largeId !== undefined && <LargeView id={largeId} content={content} actions={actions} onClose={closeLarge} />}
      {isToasterWanted && <Toaster />}
    </Suspense>
  );
}

function closeLargeIfOpen(): void {
  if (new URLSearchParams(location.search).has("video")) closeLarge();
}

/** A link to a video names its session, which need not be the newest. */
function useSessionOfAddress(): void {
  const { select } = useSessions();
  useEffect(() => {
    const id = sessionInAddress();
    if (id !== undefined) select(id);
  }, [select]);
}

/** Tells the styles how high the composer is, which floats over the grid. */
function useRoomBelow(main: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const composer = main.current?.querySelector("form");
    if (!composer) return undefined;
    const observer = new ResizeObserver(() => {
      main.current?.style.setProperty("--composer", `${composer.offsetHeight + 16}px`);
    });
    observer.observe(composer);
    return () => observer.disconnect();
  }, [main]);
}
