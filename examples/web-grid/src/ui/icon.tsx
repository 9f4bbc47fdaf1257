// The page's icons, from Lucide. Decoration only, so hidden from screen readers; the control beside them has the name.
import {
  ArrowRight,
  ArrowUp,
  Check,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  CircleAlert,
  Clock,
  Coins,
  Copy,
  Download,
  Ellipsis,
  Film,
  ImageIcon,
  Layers,
  Maximize2,
  Menu,
  Music,
  Pause,
  PencilLine,
  Play,
  Plus,
  RotateCcw,
  Search,
  SquarePlay,
  Trash2,
  User,
  X,
  type LucideIcon,
} from "lucide-react";
import type { ReactNode } from "react";

const ICONS = {
  again: RotateCcw,
  arrow: ArrowRight,
  check: Check,
  chevron: ChevronDown,
  clock: Clock,
  close: X,
  coin: Coins,
  copy: Copy,
  delete: Trash2,
  download: Download,
  edit: PencilLine,
  film: Film,
  frame: SquarePlay,
  image: ImageIcon,
  large: Maximize2,
  layers: Layers,
  menu: Menu,
  more: Ellipsis,
  next: ChevronRight,
  pause: Pause,
  person: User,
  play: Play,
  plus: Plus,
  previous: ChevronLeft,
  search: Search,
  send: ArrowUp,
  sound: Music,
  warning: CircleAlert,
} as const satisfies Readonly<Record<string, LucideIcon>>;

/** The name of an icon. */
export type IconName = keyof typeof ICONS;

/** An icon in the colour and size of the text. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  const Drawing = ICONS[name];
  return <Drawing className="icon" aria-hidden="true" focusable="false" />;
}
