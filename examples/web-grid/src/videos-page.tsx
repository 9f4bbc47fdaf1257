// The page: sessions at the side, the grid, the prompt bar below.
import { isVideoModelId } from "@video-engine/video-models";
import { useVideoSettings } from "@video-engine/video-sdk/react";
import { useMemo, useRef, useState, type ReactNode } from "react";
import { withFile } from "./composer/attached-files.ts";
import { Composer } from "./composer/composer.tsx";
import { CreditsBadge } from "./credits-badge.tsx";
import { EDITING_MODEL } from "./editing-model.ts";
import { EMPTY_DRAFT, type Draft } from "./draft.ts";
import { useSessions } from "./first/first-content.ts";
import { Announcer } from "./grid/announcer.tsx";
import type { TileActions } from "./grid/tile-actions.ts";
import { VideoGrid } from "./grid/video-grid.tsx";
import { SessionDrawer } from "./sessions/session-drawer.tsx";
import { SessionList } from "./sessions/session-list.tsx";

/** The whole page. Holds the draft, which the grid can fill too. */
export function VideosPage(): ReactNode {
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const promptRef = useRef<HTMLTextAreaElement>(null);
  const { select } = useVideoSettings();
  const { sessions, currentId } = useSessions();
  const title = sessions.find(({ id }) => id === currentId)?.title ?? "Videos";

  const actions = useMemo((): TileActions => {
    const change = (next: (draft: Draft) => Draft): void => {
      setDraft(next);
      promptRef.current?.focus();
    };
    return {
      reuse({ prompt, model }) {
        if (isVideoModelId(model)) select(model);
        change((before) => ({ ...before, prompt }));
      },
      edit(videoUrl) {
        if (EDITING_MODEL !== undefined) select(EDITING_MODEL);
        change(({ files, ...before }) => ({ ...before, files: withFile(files, "klingO1Video", videoUrl) }));
      },
    };
  }, [select]);

  return (
    <div className="page">
      <aside className="sidebar">
        <p className="brand">
          <img src="/icon.svg" alt="" width="28" height="28" /> Videos
        </p>
        <SessionList />
      </aside>
      <main className="main">
        <header className="topbar">
          <SessionDrawer />
          <h1>{title}</h1>
          <CreditsBadge />
        </header>
        <section className="stage" aria-label="Videos of this session">
          <VideoGrid actions={actions} onIdea={(prompt) => actions.reuse({ prompt })} />
        </section>
        <Composer draft={draft} onChange={setDraft} promptRef={promptRef} />
      </main>
      <Announcer />
    </div>
  );
}
